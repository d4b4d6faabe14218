package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.fraud.FraudScore;
import dev.tributary.payout.Approval.Reason;
import dev.tributary.payout.Trust.Lack;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Approval.Limits LIMITS = new Approval.Limits(10_000, 100_000);

    @Test
    void low_risk_and_a_small_amount_need_nobody() {
        assertThat(LIMITS.of(9_999, score(19))).isEqualTo(new Approval(0, List.of()));
        assertThat(LIMITS.of(9_999, score(19)).isAutomatic()).isTrue();
    }

    @Test
    void risk_or_amount_need_a_person_and_large_amounts_two() {
        assertThat(LIMITS.of(9_999, score(20))).isEqualTo(new Approval(1, List.of(Reason.RISK_NOT_LOW)));
        assertThat(LIMITS.of(9_999, FraudScore.UNSCORED)).isEqualTo(new Approval(1, List.of(Reason.RISK_NOT_LOW)));
        assertThat(LIMITS.of(10_000, score(0))).isEqualTo(new Approval(1, List.of(Reason.OVER_LIMIT)));
        assertThat(LIMITS.of(100_000, score(0)))
                .isEqualTo(new Approval(2, List.of(Reason.OVER_LIMIT, Reason.FOUR_EYES)));
        assertThat(new Approval.Limits(0, 100).of(1, score(0)).people()).isEqualTo(1);
        assertThatThrownBy(() -> new Approval.Limits(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void four_eyes_are_two_people_and_none_who_has_a_part_in_it() {
        Approval two = LIMITS.of(100_000, score(0));
        assertThat(two.isGiven(Set.of("ann"), Set.of())).isFalse();
        assertThat(two.isGiven(Set.of("ann", "bo"), Set.of())).isTrue();
        assertThat(two.isGiven(Set.of("ann", "bo"), Set.of("bo"))).isFalse();
        assertThat(LIMITS.of(1, score(0)).isGiven(Set.of(), Set.of())).isTrue();
    }

    @Test
    void trusted_is_who_lacks_nothing() {
        Trust.Record good = record(90, 3, Optional.empty(), score(19));
        assertThat(Trust.DEFAULT.lacking(good, NOW)).isEmpty();
        assertThat(Trust.DEFAULT.lacking(record(89, 2, Optional.of(NOW), score(20)), NOW))
                .containsExactly(Lack.values());
        assertThat(Trust.DEFAULT.lacking(record(90, 3, Optional.empty(), FraudScore.UNSCORED), NOW))
                .containsExactly(Lack.RISK_NOT_LOW);
        assertThat(Trust.DEFAULT.lacking(record(90, 3, Optional.of(NOW.minus(Duration.ofDays(90))), score(0)), NOW))
                .isEmpty();
    }

    @Test
    void a_months_run_is_due_from_its_day_on_in_the_programs_time_zone() {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        ZoneId honolulu = ZoneId.of("Pacific/Honolulu");
        Instant turn = Instant.parse("2026-11-30T11:00:00Z");
        assertThat(Period.month(turn, auckland, 1)).isEqualTo(new Period(Period.Kind.MONTHLY, "2026-12"));
        assertThat(Period.month(turn.minusSeconds(1), auckland, 1).key()).isEqualTo("2026-11");
        assertThat(Period.month(turn, honolulu, 1).key()).isEqualTo("2026-11");
        assertThat(Period.month(Instant.parse("2026-01-14T12:00:00Z"), ZoneId.of("UTC"), 15)
                        .key())
                .isEqualTo("2025-12");
        assertThat(Period.day(turn, auckland)).isEqualTo(new Period(Period.Kind.DAILY, "2026-12-01"));
        assertThatThrownBy(() -> Period.month(turn, auckland, 29)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_payout_has_one_key_for_ever_in_both_shapes() {
        PayoutKey key = new PayoutKey(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
        assertThat(key.text()).isEqualTo("tributary-pyt_01h455vb4pex5vsknk084sn02q");
        assertThat(key.uuid()).isEqualTo(key.uuid()).isNotEqualTo(new PayoutKey(new UUID(1, 1)).uuid());
        assertThat(key.uuid().version()).isEqualTo(4);
        assertThat(key.uuid().variant()).isEqualTo(2);
    }

    private static Trust.Record record(int days, int months, Optional<Instant> failed, FraudScore score) {
        return new Trust.Record(NOW.minus(Duration.ofDays(days)), months, failed, score);
    }

    private static FraudScore score(int score) {
        return new FraudScore.Scored(score, List.of(), NOW);
    }
}
