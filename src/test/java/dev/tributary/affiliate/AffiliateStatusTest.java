package dev.tributary.affiliate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AffiliateStatusTest {
    @ParameterizedTest
    @CsvSource({
        "PENDING, ACTIVE BANNED CLOSED",
        "ACTIVE, PAUSED SUSPENDED BANNED CLOSED",
        "PAUSED, ACTIVE SUSPENDED BANNED CLOSED",
        "SUSPENDED, ACTIVE PAUSED BANNED CLOSED",
        "BANNED, SUSPENDED CLOSED",
        "CLOSED, ''"
    })
    void each_status_leads_to_some(AffiliateStatus from, String lawful) {
        EnumSet<AffiliateStatus> to = EnumSet.noneOf(AffiliateStatus.class);
        for (AffiliateStatus next : AffiliateStatus.values()) if (from.mayBecome(next)) to.add(next);
        EnumSet<AffiliateStatus> expected = EnumSet.noneOf(AffiliateStatus.class);
        for (String word : lawful.split(" ")) if (!word.isEmpty()) expected.add(AffiliateStatus.valueOf(word));

        assertThat(to).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(AffiliateStatus.class)
    void the_word_in_the_database_is_read_back(AffiliateStatus status) {
        assertThat(AffiliateStatus.of(status.word())).isEqualTo(status);
    }

    @Test
    void keys_open_for_those_who_are_accepted_and_not_stopped() {
        EnumSet<AffiliateStatus> with = EnumSet.noneOf(AffiliateStatus.class);
        for (AffiliateStatus status : AffiliateStatus.values()) if (status.mayUseKeys()) with.add(status);

        assertThat(with).containsExactly(AffiliateStatus.ACTIVE, AffiliateStatus.PAUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "BAN, ACTIVE, BANNED",
        "BAN, SUSPENDED, BANNED",
        "SUSPENSION, ACTIVE, SUSPENDED",
        "SUSPENSION, BANNED, BANNED",
        "WARNING, ACTIVE, ACTIVE",
        "NONE, PENDING, PENDING"
    })
    void what_is_done_about_a_violation_is_never_milder_than_what_was_done_before(
            Violation.Action action, AffiliateStatus before, AffiliateStatus after) {
        assertThat(action.on(before)).isEqualTo(after);
    }
}
