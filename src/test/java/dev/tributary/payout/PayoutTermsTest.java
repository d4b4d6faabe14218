package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.fraud.FraudScore;
import dev.tributary.payout.Candidate.Destination;
import dev.tributary.payout.Candidate.Paper;
import dev.tributary.payout.Candidate.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayoutTermsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final PayoutTerms TERMS = new PayoutTerms(5_000, Fees.NONE, PayoutTerms.COOLING, false);
    private static final Destination READY = new Destination("stripe", true, "USD", Optional.empty());

    @Test
    void whom_nothing_bars_is_paid_all_that_is_available() {
        Candidate good = candidate(5_000, null, Standing.GOOD, 0, READY, Paper.GIVEN, false);

        assertThat(TERMS.bars(good, NOW)).isEmpty();
        assertThat(TERMS.amounts(good)).isEqualTo(new Amounts(5_000, 0, 0, "USD"));
    }

    @Test
    void the_tiers_minimum_comes_before_the_programs_lower_or_higher() {
        assertThat(TERMS.bars(available(4_999, null), NOW)).containsExactly(Bar.UNDER_MINIMUM);
        assertThat(TERMS.bars(available(5_000, null), NOW)).isEmpty();
        assertThat(TERMS.bars(available(2_499, 2_500L), NOW)).containsExactly(Bar.UNDER_MINIMUM);
        assertThat(TERMS.bars(available(2_500, 2_500L), NOW)).isEmpty();
        assertThat(TERMS.bars(available(5_000, 10_000L), NOW)).containsExactly(Bar.UNDER_MINIMUM);
        assertThat(TERMS.bars(available(1, 0L), NOW)).isEmpty();
    }

    @Test
    void nothing_and_a_debt_are_never_paid_whatever_the_minimum() {
        assertThat(TERMS.bars(available(0, 0L), NOW)).containsExactly(Bar.NOTHING_DUE);
        assertThat(TERMS.bars(available(-1, 0L), NOW)).containsExactly(Bar.NOTHING_DUE);
        assertThat(TERMS.bars(available(Long.MIN_VALUE, null), NOW)).containsExactly(Bar.NOTHING_DUE);
    }

    @Test
    void fees_and_withheld_tax_must_leave_something() {
        PayoutTerms costly = new PayoutTerms(0, new Fees(76, 0, Fees.NO_LIMIT), PayoutTerms.COOLING, false);

        assertThat(costly.bars(withheld(100), NOW)).containsExactly(Bar.NOTHING_LEFT);
        assertThat(costly.bars(withheld(102), NOW)).isEmpty();
        assertThat(costly.amounts(withheld(10_000))).isEqualTo(new Amounts(10_000, 76, 2_400, "USD"));
        assertThat(costly.amounts(withheld(10_000)).net()).isEqualTo(7_524);
    }

    private static Candidate withheld(long minor) {
        Candidate from = available(minor, null);
        return new Candidate(
                from.enrollmentId(),
                from.standing(),
                from.score(),
                minor,
                "USD",
                null,
                from.destination(),
                from.paper(),
                2_400,
                false);
    }

    @Test
    void a_fee_is_its_fixed_part_and_its_share_up_to_its_limit() {
        Fees fees = new Fees(25, 150, 500);
        assertThat(fees.of(10_000)).isEqualTo(175);
        assertThat(fees.of(33_333)).isEqualTo(500);
        assertThat(fees.of(0)).isEqualTo(25);
        assertThat(new Fees(0, 50, Fees.NO_LIMIT).of(100))
                .as("a tie goes to the even one")
                .isZero();
        assertThat(new Fees(0, 50, Fees.NO_LIMIT).of(300)).isEqualTo(2);
    }

    @Test
    void every_reason_is_named_and_none_hides_another() {
        Destination wrong = new Destination("stripe", false, "EUR", Optional.of(NOW));
        Candidate bad = candidate(1, null, new Standing(false, true, true), 100, wrong, Paper.EXPIRED, true);
        Candidate none = candidate(0, null, Standing.GOOD, 0, null, Paper.MISSING, false);
        PayoutTerms all = new PayoutTerms(5_000, new Fees(1, 0, 1), PayoutTerms.COOLING, false);

        List<Bar> bars = new ArrayList<>(all.bars(bad, NOW));
        bars.addAll(all.bars(none, NOW));
        assertThat(bars).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Bar.class));
    }

    @Test
    void a_changed_destination_cools_and_a_first_one_does_not() {
        assertThat(TERMS.bars(changed(NOW.minus(Duration.ofHours(72)).plusSeconds(1)), NOW))
                .containsExactly(Bar.COOLING);
        assertThat(TERMS.bars(changed(NOW.minus(Duration.ofHours(72))), NOW)).isEmpty();
    }

    @Test
    void a_form_that_nobody_looked_at_suffices_unless_the_program_says_otherwise() {
        PayoutTerms strict = new PayoutTerms(0, Fees.NONE, PayoutTerms.COOLING, true);
        for (Paper paper : Paper.values()) {
            Candidate candidate = candidate(100, null, Standing.GOOD, 0, READY, paper, false);
            assertThat(strict.bars(candidate, NOW).isEmpty())
                    .isEqualTo(paper == Paper.VERIFIED || paper == Paper.NOT_NEEDED);
        }
    }

    @Test
    void one_whom_nobody_scored_is_paid_and_one_with_a_high_score_is_not() {
        Candidate unscored = new Candidate(
                new UUID(1, 1),
                Standing.GOOD,
                FraudScore.UNSCORED,
                5_000,
                "USD",
                null,
                Optional.of(READY),
                Paper.GIVEN,
                0,
                false);
        assertThat(TERMS.bars(unscored, NOW)).isEmpty();
        assertThat(TERMS.bars(candidate(5_000, null, Standing.GOOD, 60, READY, Paper.GIVEN, false), NOW))
                .containsExactly(Bar.HIGH_RISK);
    }

    private static Candidate available(long minor, @Nullable Long tierMinimum) {
        return candidate(minor, tierMinimum, Standing.GOOD, 0, READY, Paper.VERIFIED, false);
    }

    private static Candidate changed(Instant at) {
        Destination to = new Destination("stripe", true, "USD", Optional.of(at));
        return candidate(5_000, null, Standing.GOOD, 0, to, Paper.VERIFIED, false);
    }

    private static Candidate candidate(
            long minor,
            @Nullable Long tierMinimum,
            Standing standing,
            int score,
            @Nullable Destination destination,
            Paper paper,
            boolean open) {
        return new Candidate(
                new UUID(1, 1),
                standing,
                new FraudScore.Scored(score, List.of(), NOW),
                minor,
                "USD",
                tierMinimum,
                Optional.ofNullable(destination),
                paper,
                0,
                open);
    }
}
