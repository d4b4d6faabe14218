package dev.tributary.analytics.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InitialsTest {
    @Test
    void the_first_letters_of_the_first_and_last_word_are_shown() {
        assertThat(Initials.of("Jane Smith")).isEqualTo("J.S.");
        assertThat(Initials.of("  jean-luc   van der berg ")).isEqualTo("J.B.");
        assertThat(Initials.of("Ada")).isEqualTo("A.");
        assertThat(Initials.of("3 Brothers")).isEqualTo("3.B.");
    }

    @Test
    void a_letter_of_any_script_stays_whole() {
        assertThat(Initials.of("Ásta Þórsdóttir")).isEqualTo("Á.Þ.");
        assertThat(Initials.of("a\u0301sta o\u0308zge")).isEqualTo("A\u0301.O\u0308.");
        assertThat(Initials.of("Ольга Иванова")).isEqualTo("О.И.");
        assertThat(Initials.of("محمد علي")).isEqualTo("م.ع.");
        assertThat(Initials.of("李小龙")).isEqualTo("李.");
        assertThat(Initials.of("김 민지")).isEqualTo("김.민.");
        assertThat(Initials.of("किरण नायर")).isEqualTo("कि.ना.");
        assertThat(Initials.of("𐐨𐐩 𐐪")).isEqualTo("𐐀.𐐂.");
    }

    @Test
    void quotes_brackets_and_signs_are_no_letters() {
        assertThat(Initials.of("\"Jane\" (Smith)")).isEqualTo("J.S.");
        assertThat(Initials.of("Jane 😀")).isEqualTo("J.");
        assertThat(Initials.of("ß & Söhne")).isEqualTo("ß.S.");
    }

    @Test
    void a_name_of_which_nothing_is_left_is_a_dash() {
        assertThat(Initials.of("")).isEqualTo("–");
        assertThat(Initials.of(" \u00a0\u2003")).isEqualTo("–");
        assertThat(Initials.of("😀 !!")).isEqualTo("–");
    }
}
