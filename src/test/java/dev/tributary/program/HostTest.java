package dev.tributary.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "example.com., example.com",
        "localhost, localhost",
        "*.Example.com, *.example.com",
        "BÜCHER.example, xn--bcher-kva.example",
        "a_b.example.com, a_b.example.com",
    })
    void an_entry_has_one_form(String text, String entry) {
        assertThat(Host.pattern(text)).contains(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "*", "*.com", "*.*.example.com", "a.*.example.com", "*example.com", "example.com/",
                        "https://example.com",
                "example.com:80", "user@example.com", "10.0.0.1", "[::1]", "exa mple.com", "..", ".", "example..com",
            })
    void what_is_no_host_name_is_no_entry(String text) {
        assertThat(Host.pattern(text)).isEmpty();
    }

    @Test
    void a_name_over_253_characters_is_no_host() {
        assertThat(Host.normalize("a.".repeat(126) + "example")).isEmpty();
    }

    @Test
    void a_wildcard_covers_sub_domains_only() {
        assertThat(Host.covers("*.example.com", "a.example.com")).isTrue();
        assertThat(Host.covers("*.example.com", "a.b.example.com")).isTrue();
        assertThat(Host.covers("*.example.com", "example.com")).isFalse();
        assertThat(Host.covers("*.example.com", ".example.com")).isFalse();
        assertThat(Host.covers("*.example.com", "badexample.com")).isFalse();
    }
}
