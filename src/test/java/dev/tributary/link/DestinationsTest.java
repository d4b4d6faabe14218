package dev.tributary.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private static final List<String> HOSTS = List.of("example.com", "*.shop.example.com", "xn--bcher-kva.example");

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com/",
        "http://example.com/a/b?c=d#e, http://example.com/a/b?c=d#e",
        "HTTPS://EXAMPLE.com/Case, https://example.com/Case",
        "https://example.com:8443/x, https://example.com:8443/x",
        "https://example.com./x, https://example.com/x",
        "https://example.com?q=1, https://example.com/?q=1",
        "https://de.shop.example.com/, https://de.shop.example.com/",
        "https://a.b.shop.example.com/, https://a.b.shop.example.com/",
        "https://bücher.example/ü, https://xn--bcher-kva.example/%C3%BC",
        "https://example。com/, https://example.com/",
        "https://example.com/?to=//evil.io, https://example.com/?to=//evil.io",
        "https://example.com/a|b[1], https://example.com/a%7Cb%5B1%5D",
    })
    void a_url_on_an_allowed_host_is_sent_in_its_one_form(String url, String sent) {
        assertThat(Destinations.check(url, HOSTS).uri()).map(Object::toString).contains(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.io/",
                "https://example.com.evil.io/",
                "https://evilexample.com/",
                "https://evil.io/example.com",
                "https://evil.io?example.com",
                "https://evil.io#example.com",
                "https://shop.example.com/",
                "https://evilshop.example.com/",
                "https://example.com.shop.evil.io",
                "https://exаmple.com/",
                "https://xn--exmple-4nf.com/",
            })
    void look_alikes_and_strangers_are_not_on_the_list(String url) {
        assertThat(Destinations.check(url, HOSTS))
                .isInstanceOfSatisfying(
                        Destinations.Refused.class, r -> assertThat(r.code()).isEqualTo("host_not_allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//evil.io",
                "//example.com",
                "\\\\evil.io",
                "https:\\\\example.com",
                "https:/example.com",
                "https:example.com",
                "https:///example.com",
                "https://",
                "https://?x",
                "https://example.com\\@evil.io",
                "https://evil.io\\.example.com",
                "https://example.com@evil.io/",
                "https://user:pass@example.com/",
                "https://@example.com/",
                "https://example.com:80:80/",
                "https://example.com:/",
                "https://example.com:0/",
                "https://example.com:99999/",
                "https://example.com:+80/",
                "javascript:alert(1)",
                "javascript://example.com/%0aalert(1)",
                "data:text/html,x",
                "ftp://example.com/",
                "file://example.com/",
                " https://example.com",
                "https://example.com/ x",
                "https://example.com/\r\nSet-Cookie: a=b",
                "https://example.com/\nx",
                "https://exam\tple.com/",
                "https://example.com/\u0000",
                "https://example.com/\u2028",
                "https://exam\u00adple.com/",
                "https://example.com/\u202egpj",
                "https://example.com/\ud800",
                "https://[::1]/",
                "https://127.0.0.1/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://example.com%2eevil.io/",
                "https://example.com%00.evil.io/",
                "https://*.shop.example.com/",
                "https://.example.com/",
                "https://a..shop.example.com/",
                "https://-.shop.example.com/",
                "https://example.com/%zz",
            })
    void what_browsers_could_read_otherwise_is_refused(String url) {
        assertThat(Destinations.check(url, HOSTS).uri()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2_049, 20_000})
    void a_url_that_is_too_long_is_refused(int length) {
        String url = "https://example.com/" + "a".repeat(length - 20);
        assertThat(Destinations.check(url, HOSTS))
                .isInstanceOfSatisfying(
                        Destinations.Refused.class, r -> assertThat(r.code()).isEqualTo("too_long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sub.example.com/", "https://x.xn--bcher-kva.example/"})
    void an_exact_host_does_not_allow_its_sub_domains(String url) {
        assertThat(Destinations.check(url, HOSTS).uri()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/"})
    void an_empty_list_allows_nothing(String url) {
        assertThat(Destinations.check(url, List.of()).uri()).isEmpty();
    }
}
