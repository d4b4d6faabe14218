package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.commission.rule.Kinds;
import dev.tributary.commission.rule.Terms;
import dev.tributary.conversion.Credit;
import dev.tributary.conversion.DueConversion;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Line;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A batch of due conversions, with what a transaction read of them. */
class BatchTest {
    private static final UUID PROGRAM = Case.PROGRAM;
    private static final Instant NOON = Case.NOON;

    private final List<RuleVersion> rules = new ArrayList<>(new Case().base(1_000).rules);
    private final Map<UUID, List<Commission>> booked = new HashMap<>();
    private final Map<UUID, Arithmetic> kept = new HashMap<>();
    private final Map<UUID, MemberRepository.Standing> standings = new HashMap<>();
    private final Map<MemberRepository.Customer, Instant> firstSales = new HashMap<>();
    private final List<DueConversion> due = new ArrayList<>();
    private final Counters counters = new Counters();
    private ZoneId zone = ZoneId.of("UTC");
    private int levels;
    private long nextId;

    private static UUID conversion(int n) {
        return new UUID(0x7c00, n);
    }

    private BatchTest credited(int member) {
        standings.put(
                Case.member(member).enrollmentId(),
                new MemberRepository.Standing(Case.TIER, new ArrayList<>(), new ArrayList<>()));
        return this;
    }

    private DueConversion sale(int n, long amount, int decision, Credit... credits) {
        return new DueConversion(
                conversion(n),
                PROGRAM,
                Kind.SALE,
                "order-" + n,
                "kim",
                new Money(amount, "EUR"),
                0,
                dev.tributary.conversion.Status.ACCEPTED,
                List.of(),
                NOON,
                decision,
                List.of(credits));
    }

    private static Credit credit(int member, int bps) {
        return new Credit(
                Case.member(member).enrollmentId(), Case.member(member).affiliateId(), null, "", bps);
    }

    private Batch batch() {
        return new Batch(
                due,
                Map.of(PROGRAM, new ProgramTerms(PROGRAM, "EUR", zone, 30, rules, levels)),
                booked,
                kept,
                standings,
                firstSales,
                counters);
    }

    private Batch.Result compute() {
        return batch().compute(Kinds.all(), () -> new UUID(0x7d00, ++nextId), NOON);
    }

    private static List<String> told(Batch.Result result) {
        return result.moves().stream()
                .map(move -> "%s %s %d"
                        .formatted(
                                move.after().rule(),
                                move.after().status().word(),
                                move.after().amountMinor()))
                .toList();
    }

    @Test
    void each_conversion_becomes_a_commission_with_its_arithmetic_and_the_end_of_its_hold() {
        credited(1);
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        due.add(sale(2, 2_000, 1, credit(1, 10_000)));
        Batch.Result result = compute();
        assertThat(told(result)).containsExactly("base_rate pending 100", "base_rate pending 200");
        assertThat(result.failures()).isEmpty();
        Commission first = result.moves().get(0).after();
        assertThat(result.arithmetic().get(first.id()).amount()).isEqualTo(100);
        assertThat(first.releaseAt()).isEqualTo(NOON.plus(Duration.ofDays(30)));
        assertThat(first.conversionId()).isEqualTo(conversion(1));
        assertThat(first.currency()).isEqualTo("EUR");
    }

    @Test
    void several_credits_of_one_enrollment_are_one() {
        credited(1).credited(2);
        due.add(sale(1, 1_000, 1, credit(1, 3_000), credit(2, 5_000), credit(1, 2_000)));
        assertThat(told(compute())).containsExactly("base_rate pending 50", "base_rate pending 50");
    }

    @Test
    void one_that_cannot_be_computed_keeps_no_other_back_and_counts_nothing() {
        credited(1);
        UUID capped = new UUID(0x7700, 1);
        rules.add(new RuleVersion(
                capped,
                1,
                "percentage",
                "percentage",
                Scope.PROGRAM,
                null,
                Instant.EPOCH.plusSeconds(1),
                null,
                new Cap(Cap.Period.MONTH, 150),
                Terms.share(1_000)));
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        due.add(sale(2, 1_000, 1, credit(2, 10_000)));
        due.add(sale(3, 1_000, 1, credit(1, 10_000)));
        batch().keys().forEach(key -> counters.put(key, Counters.Count.NONE));
        Batch.Result result = compute();
        assertThat(told(result)).containsExactly("percentage pending 100", "percentage pending 50");
        assertThat(result.failures()).containsOnlyKeys(conversion(2));
        assertThat(result.failures().get(conversion(2))).contains("enrollment of a credit is gone");
        assertThat(counters.of(new Counters.Key(Case.member(1).enrollmentId(), capped, LocalDate.parse("2026-11-01")))
                        .paidMinor())
                .isEqualTo(150);
        assertThat(counters.of(new Counters.Key(Case.member(2).enrollmentId(), capped, LocalDate.parse("2026-11-01")))
                        .paidMinor())
                .isZero();
    }

    @Test
    void a_program_that_is_gone_is_a_failure_of_its_conversion_alone() {
        credited(1);
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        Batch stranger = new Batch(due, Map.of(), booked, kept, standings, firstSales, counters);
        assertThat(stranger.keys()).isEmpty();
        assertThat(stranger.compute(Kinds.all(), UUID::randomUUID, NOON)
                        .failures()
                        .get(conversion(1)))
                .contains("program is gone");
    }

    @Test
    void a_later_decision_takes_the_earlier_back_and_what_it_took_of_a_cap_is_free_again() {
        credited(1).credited(2);
        UUID rule = new UUID(0x7700, 1);
        rules.add(new RuleVersion(
                rule,
                1,
                "percentage",
                "percentage",
                Scope.PROGRAM,
                null,
                Instant.EPOCH.plusSeconds(1),
                null,
                new Cap(Cap.Period.MONTH, 150),
                Terms.share(1_000)));
        UUID volume = new UUID(0x7700, 2);
        rules.add(new RuleVersion(
                volume,
                1,
                "volume_bonus",
                "volume_bonus",
                Scope.PROGRAM,
                null,
                Instant.EPOCH,
                null,
                null,
                Case.brackets(null, new Terms.Bracket(1_000_000, 100))));
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        batch().keys().forEach(key -> counters.put(key, Counters.Count.NONE));
        Batch.Result first = compute();
        Commission old = first.moves().get(0).after();
        booked.put(conversion(1), List.of(old));
        kept.putAll(first.arithmetic());
        LocalDate november = LocalDate.parse("2026-11-01");
        Counters.Key cap = new Counters.Key(Case.member(1).enrollmentId(), rule, november);
        Counters.Key sold = new Counters.Key(Case.member(1).enrollmentId(), volume, november);
        assertThat(counters.of(cap).paidMinor()).isEqualTo(100);
        assertThat(counters.of(sold)).isEqualTo(new Counters.Count(0, 1_000, 1));

        due.set(0, sale(1, 1_000, 2, credit(2, 10_000)));
        assertThat(batch().keys()).contains(cap, sold);
        batch().keys().stream()
                .filter(key -> !counters.has(key))
                .forEach(key -> counters.put(key, Counters.Count.NONE));
        assertThat(told(compute())).containsExactly("percentage reversed 0", "percentage pending 100");
        assertThat(counters.of(cap).paidMinor()).isZero();
        assertThat(counters.of(sold)).isEqualTo(Counters.Count.NONE);

        kept.clear();
        assertThat(told(compute()))
                .as("without its arithmetic nothing is given back")
                .hasSize(2);
    }

    @Test
    void a_conversion_that_is_computed_again_changes_nothing_and_asks_for_no_counters() {
        credited(1);
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        booked.put(conversion(1), List.of(compute().moves().get(0).after()));
        assertThat(compute().moves()).isEmpty();
        assertThat(batch().keys()).isEmpty();
    }

    @Test
    void months_are_those_of_the_calendar_in_the_programs_zone() {
        credited(1);
        rules.clear();
        rules.addAll(new Case().rule("recurring", Scope.PROGRAM, null, Case.recurring(1_000, 1)).rules);
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        MemberRepository.Customer kim = new MemberRepository.Customer(PROGRAM, "kim");
        firstSales.put(kim, Instant.parse("2026-10-21T12:00:01Z"));
        assertThat(told(compute())).containsExactly("recurring pending 100");
        firstSales.put(kim, Instant.parse("2026-10-21T12:00:00Z"));
        assertThat(told(compute())).containsExactly("recurring pending 0");
        // at noon in New York there is an hour less since then than in UTC: summer time has ended
        zone = ZoneId.of("America/New_York");
        firstSales.put(kim, Instant.parse("2026-10-21T11:30:00Z"));
        assertThat(told(compute())).containsExactly("recurring pending 100");
        // a first sale that is told later than it was
        firstSales.put(kim, Instant.parse("2026-12-21T12:00:00Z"));
        assertThat(told(compute())).containsExactly("recurring pending 100");
        firstSales.clear();
        assertThat(told(compute())).containsExactly("recurring pending 100");
    }

    @Test
    void recruiters_and_splits_are_the_partys_own_and_levels_are_the_programs() {
        credited(1);
        MemberRepository.Standing standing = standings.get(Case.member(1).enrollmentId());
        standing.splits().addAll(new Case().agreement(1, 2_000).rules);
        standing.recruiters().add(Optional.of(Case.member(7)));
        standing.recruiters().add(Optional.of(Case.member(8)));
        rules.addAll(new Case().rule("upline", Scope.PROGRAM, null, Terms.levels(List.of(500, 500))).rules);
        due.add(sale(1, 10_000, 1, credit(1, 10_000)));
        assertThat(told(compute())).containsExactly("agreement_split pending 2000");
        levels = 1;
        assertThat(told(compute())).containsExactly("agreement_split pending 2000", "upline_1 pending 100");
        levels = 5;
        Batch.Result both = compute();
        assertThat(told(both))
                .containsExactly("agreement_split pending 2000", "upline_1 pending 100", "upline_2 pending 100");
        assertThat(both.moves().get(1).after().source())
                .isEqualTo(new Commission.Source(
                        "commission", both.moves().get(0).after().id()));
    }

    @Test
    void lines_are_what_products_are_told_by() {
        credited(1);
        rules.addAll(new Case().rule("product", Scope.PRODUCT, null, Case.sku("A", 5_000)).rules);
        DueConversion plain = sale(1, 1_000, 1, credit(1, 10_000));
        due.add(new DueConversion(
                plain.id(),
                PROGRAM,
                Kind.SALE,
                "order-1",
                null,
                plain.amount(),
                0,
                plain.status(),
                List.of(new Line("A", "", 400, 1), new Line("B", "", 600, 1)),
                NOON,
                1,
                plain.credits()));
        assertThat(told(compute())).containsExactly("product pending 260");
    }

    @Test
    void a_counter_that_nobody_locked_is_not_asked_for_and_a_copy_brings_back_what_was() {
        Counters.Key key = new Counters.Key(new UUID(1, 1), new UUID(1, 2), LocalDate.EPOCH);
        assertThatThrownBy(() -> counters.of(key)).hasMessageContaining("Not locked");
        assertThat(counters.has(key)).isFalse();
        counters.put(key, new Counters.Count(5, 6, 7));
        Map<Counters.Key, Counters.Count> before = counters.copy();
        counters.paid(key, 10);
        counters.sold(key, 20, 1);
        assertThat(counters.of(key)).isEqualTo(new Counters.Count(15, 26, 8));
        assertThat(counters.all()).hasSize(1);
        counters.reset(before);
        assertThat(counters.of(key)).isEqualTo(new Counters.Count(5, 6, 7));
        assertThatThrownBy(() -> counters.paid(key, Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> counters.sold(key, Long.MAX_VALUE, 0)).isInstanceOf(ArithmeticException.class);
        List<Counters.Key> order = new ArrayList<>(List.of(
                new Counters.Key(new UUID(2, 1), new UUID(1, 1), LocalDate.EPOCH),
                new Counters.Key(new UUID(1, 1), new UUID(2, 1), LocalDate.EPOCH),
                new Counters.Key(new UUID(1, 1), new UUID(1, 1), LocalDate.EPOCH.plusDays(1)),
                new Counters.Key(new UUID(1, 1), new UUID(1, 1), LocalDate.EPOCH)));
        List<Counters.Key> sorted = order.stream().sorted(Counters.Key.ORDER).toList();
        java.util.Collections.reverse(order);
        assertThat(sorted).isEqualTo(order);
    }

    @Test
    void rules_of_a_batch_are_shown_by_their_public_ids() {
        credited(1);
        due.add(sale(1, 1_000, 1, credit(1, 10_000)));
        Batch.Result result = compute();
        assertThat(result.arithmetic().values()).singleElement().satisfies(one -> assertThat(one.rule())
                .isEqualTo(TypeId.PROGRAM.format(PROGRAM)));
    }
}
