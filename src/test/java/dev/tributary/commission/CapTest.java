package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.commission.rule.Terms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where periods begin, and for whom and when rules are. */
class CapTest {
    @ParameterizedTest
    @CsvSource({
        "day, 2026-11-01T03:59:59Z, 2026-10-31",
        "day, 2026-11-01T04:00:00Z, 2026-11-01",
        "day, 2026-11-02T04:59:59Z, 2026-11-01",
        "week, 2026-11-02T04:59:59Z, 2026-10-26",
        "week, 2026-11-02T05:00:00Z, 2026-11-02",
        "week, 2026-11-08T12:00:00Z, 2026-11-02",
        "month, 2026-11-01T03:59:59Z, 2026-10-01",
        "month, 2026-11-30T12:00:00Z, 2026-11-01",
        "year, 2027-01-01T04:59:59Z, 2026-01-01",
        "year, 2027-01-01T05:00:00Z, 2027-01-01",
        "life, 2027-01-01T05:00:00Z, 1970-01-01"
    })
    void a_period_begins_with_a_day_in_new_york(String period, String moment, LocalDate first) {
        Cap.Period read = Cap.Period.of(period);
        assertThat(read.start(Instant.parse(moment), ZoneId.of("America/New_York")))
                .isEqualTo(first);
        assertThat(read.word()).isEqualTo(period);
    }

    @Test
    void a_cap_may_be_nothing_but_not_less() {
        assertThat(new Cap(Cap.Period.DAY, 0).amountMinor()).isZero();
        assertThatThrownBy(() -> new Cap(Cap.Period.DAY, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rule_is_for_its_enrollment_its_tier_or_everybody() {
        UUID one = new UUID(0x7000, 1);
        UUID other = new UUID(0x7000, 2);
        assertThat(rule(Scope.ENROLLMENT, one).isFor(one, other)).isTrue();
        assertThat(rule(Scope.ENROLLMENT, one).isFor(other, one)).isFalse();
        assertThat(rule(Scope.AGREEMENT, one).isFor(one, null)).isTrue();
        assertThat(rule(Scope.AGREEMENT, one).isFor(other, null)).isFalse();
        assertThat(rule(Scope.TIER, one).isFor(other, one)).isTrue();
        assertThat(rule(Scope.TIER, one).isFor(one, other)).isFalse();
        assertThat(rule(Scope.TIER, one).isFor(one, null)).isFalse();
        assertThat(rule(Scope.TIER, null).isFor(one, null)).isFalse();
        assertThat(rule(Scope.PRODUCT, null).isFor(one, null)).isTrue();
        assertThat(rule(Scope.PROGRAM, null).isFor(one, null)).isTrue();
        assertThat(Scope.of("tier").word()).isEqualTo("tier");
    }

    private static RuleVersion rule(Scope scope, UUID target) {
        return RuleVersion.implied(new UUID(0x7000, 9), 0, "percentage", "percentage", scope, target, Terms.share(5));
    }

    @Test
    void a_rule_is_named_by_the_row_that_says_so() {
        assertThat(named("base_rate", 0)).startsWith("prg_");
        assertThat(named("sign_up_bonus", 0)).startsWith("prg_");
        assertThat(named("upline", 0)).startsWith("prg_");
        assertThat(named("sign_up_bonus", 1)).startsWith("crl_");
        assertThat(named("upline", 2)).startsWith("crl_");
        assertThat(named("tier_rate", 0)).startsWith("tir_");
        assertThat(named("agreement_split", 3)).startsWith("agr_");
        assertThat(named("percentage", 3)).startsWith("crl_");
    }

    private static String named(String name, int number) {
        return RuleVersion.implied(new UUID(0x7000, 9), number, name, name, Scope.PROGRAM, null, Terms.share(5))
                .publicId();
    }

    @Test
    void among_rules_of_one_scope_the_one_that_began_last_is_closest_then_the_one_that_was_made_last() {
        RuleVersion old = dated(1, "2026-01-01T00:00:00Z");
        RuleVersion recent = dated(1, "2026-02-01T00:00:00Z");
        RuleVersion newer = dated(2, "2026-02-01T00:00:00Z");
        assertThat(RuleVersion.CLOSEST_FIRST.compare(recent, old)).isNegative();
        assertThat(RuleVersion.CLOSEST_FIRST.compare(newer, recent)).isNegative();
        assertThat(RuleVersion.CLOSEST_FIRST.compare(recent, recent)).isZero();
        assertThat(RuleVersion.CLOSEST_FIRST.compare(rule(Scope.TIER, null), newer))
                .isNegative();
    }

    private static RuleVersion dated(long id, String from) {
        return new RuleVersion(
                new UUID(0x7000, id),
                1,
                "flat",
                "flat",
                Scope.PROGRAM,
                null,
                Instant.parse(from),
                null,
                null,
                Case.flat(5));
    }
}
