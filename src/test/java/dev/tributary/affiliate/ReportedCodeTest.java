package dev.tributary.affiliate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedCodeTest {
    @ParameterizedTest
    @CsvSource({
        "ECO10, ECO10",
        "' eco-10 ', eco-10",
        "https://go.example/r/ECO10, ECO10",
        "https://go.example/r/ECO10?src=mail, ECO10",
        "https://go.example/r/ECO10/deep/path, ECO10",
        "https://shop.example/?ref=ECO10, ECO10",
        "https://shop.example/p?a=1&ref=ECO%31%30&b=2#x, ECO10"
    })
    void a_code_is_found_in_what_people_copy(String text, String code) {
        assertThat(ReportedCode.in(text)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://shop.example/", "two words", "'; DROP TABLE link", "https://shop.example/?ref=%zz"})
    void what_holds_no_code_is_nobodys(String text) {
        assertThat(ReportedCode.in(text)).isEmpty();
    }
}
