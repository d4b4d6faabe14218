package dev.tributary.payout.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TinTest {
    @Test
    void numbers_are_read_as_people_write_them() {
        for (String text : List.of("536-22-1234", "536221234", "536 22 1234", " 536-22-1234 "))
            assertThat(Tin.parse(TinKind.SSN, text)).contains(new Tin(TinKind.SSN, "536221234"));
        for (String text : List.of("", "53622123", "5362212345", "536-22-123x", "５３６２２１２３４", "5".repeat(100)))
            assertThat(Tin.parse(TinKind.SSN, text)).as(text).isEmpty();
    }

    @Test
    void social_security_numbers_that_were_never_given_out_are_refused() {
        for (String text : List.of(
                "000-22-1234",
                "666-22-1234",
                "900-22-1234",
                "999-22-1234",
                "536-00-1234",
                "536-22-0000",
                "078-05-1120",
                "219-09-9999"))
            assertThat(Tin.parse(TinKind.SSN, text)).as(text).isEmpty();
        for (String text : List.of("001-01-0001", "665-22-1234", "667-22-1234", "899-99-9999"))
            assertThat(Tin.parse(TinKind.SSN, text)).as(text).isPresent();
    }

    @Test
    void individual_numbers_begin_with_9_and_have_certain_middles() {
        List<Integer> given = IntStream.range(0, 100)
                .filter(middle -> Tin.parse(
                                TinKind.ITIN,
                                "9001%02d".formatted(middle).substring(0, 3) + "%02d".formatted(middle) + "1234")
                        .isPresent())
                .boxed()
                .toList();
        List<Integer> law = IntStream.range(50, 100)
                .filter(m -> m <= 65 || m >= 70 && m <= 88 || m >= 90 && m <= 92 || m >= 94)
                .boxed()
                .toList();
        assertThat(given).isEqualTo(law);
        assertThat(Tin.parse(TinKind.ITIN, "800-70-1234")).isEmpty();
    }

    @Test
    void employer_numbers_begin_with_an_office_that_gives_them_out() {
        List<String> refused = IntStream.range(0, 100)
                .mapToObj("%02d"::formatted)
                .filter(prefix -> Tin.parse(TinKind.EIN, prefix + "-3456789").isEmpty())
                .toList();
        assertThat(refused)
                .containsExactly(
                        "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96",
                        "97");
        assertThat(Tin.parse(TinKind.EIN, "12-0000000")).isEmpty();
    }

    @Test
    void it_says_itself_only_where_it_is_asked_to() {
        Tin ssn = new Tin(TinKind.SSN, "536221234");
        assertThat(ssn.formatted()).isEqualTo("536-22-1234");
        assertThat(new Tin(TinKind.EIN, "123456789").formatted()).isEqualTo("12-3456789");
        assertThat(ssn.lastFour()).isEqualTo("1234");
        assertThat(Optional.of(ssn).toString()).doesNotContain("53622").contains("***1234");
        assertThatThrownBy(() -> new Tin(TinKind.SSN, "000221234"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("000221234");
    }
}
