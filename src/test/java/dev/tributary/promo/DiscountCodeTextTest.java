package dev.tributary.promo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are one code, and which can be none. */
class DiscountCodeTextTest {
    @ParameterizedTest
    @CsvSource({
        "launch20, LAUNCH20",
        "'  Launch20 ', LAUNCH20",
        "ＬＡＵＮＣＨ２０, LAUNCH20",
        "straße, STRASSE",
        "ﬁve, FIVE",
        "été25, ÉTÉ25",
        "e\u0301te\u0301, ÉTÉ",
        "titanic, TITANIC"
    })
    void twins_by_case_width_and_composition_are_one_code(String typed, String key) {
        assertThat(DiscountCodeText.key(typed)).isEqualTo(key);
    }

    @Test
    void the_machines_language_makes_no_difference() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(DiscountCodeText.key("titanic")).isEqualTo("TITANIC");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LAUNCH20",
                "eco10",
                "PARTNER-JANE",
                "A1",
                "SAVE_10.5",
                "SOMMER-GRÜN",
                "ÉTÉ25",
                "ЛЕТО20",
                "ΚΑΛΟΚΑΙΡΙ-Λ",
                "夏割",
                "여름20",
                "שלום"
            })
    void codes_that_can_be_told_apart_are_good(String code) {
        assertThat(DiscountCodeText.check(code)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A",
                "ECO\u200B10",
                "ECO\u00AD10",
                "\u202EECO10",
                "ECO\uFE0F10",
                "ECO 10",
                "ECO\t10",
                "ECO\u0000",
                "ECO/10",
                "ECO%10",
                "<b>",
                "=ECO",
                "-ECO",
                "ECO-",
                "ECO\u201010",
                "ECO\u0661",
                "\uD83D\uDE00\uD83D\uDE00",
                "\uD800ECO",
                "E\u0336CO"
            })
    void what_is_invisible_or_no_letter_is_refused(String code) {
        assertThat(DiscountCodeText.check(code)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"АВС", "РАУ", "ЕСО10", "ΕΤΟΣ-Ω\u0410", "ECО10", "ΑΒΕ", "Х0", "eсo10"})
    void what_looks_like_another_code_is_refused(String code) {
        assertThat(DiscountCodeText.check(code).orElseThrow().code()).isIn("confusable", "character");
    }

    @Test
    void over_long_texts_are_refused() {
        assertThat(DiscountCodeText.check("A".repeat(64))).isEmpty();
        assertThat(DiscountCodeText.check("A".repeat(65))).isPresent();
    }

    @Test
    void the_key_of_a_key_is_itself_and_case_never_matters() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            String key = DiscountCodeText.key(text);
            assertThat(DiscountCodeText.key(key))
                    .as("seed %d: %s", seed, escaped(text))
                    .isEqualTo(key);
            if (DiscountCodeText.check(text).isPresent()) continue;
            assertThat(DiscountCodeText.key(key.toLowerCase(Locale.ROOT)))
                    .as("seed %d: %s", seed, escaped(text))
                    .isEqualTo(key);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            int c;
            do c = random.nextInt(random.nextInt(4) == 0 ? 0x30000 : 0x600);
            while (!Character.isDefined(c) || c >= 0xD800 && c <= 0xDFFF);
            text.appendCodePoint(c);
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.codePoints().mapToObj(c -> "U+%04X".formatted(c)).toList().toString();
    }
}
