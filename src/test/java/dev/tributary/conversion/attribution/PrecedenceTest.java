package dev.tributary.conversion.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is credited when several things point to somebody, and why nobody is when nothing does. */
class PrecedenceTest {
    private static final Instant SALE = Instant.parse("2026-03-29T12:00:00Z");
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BEN = new UUID(2, 2);
    private static final UUID CLEO = new UUID(3, 3);
    private static final UUID UNKNOWN = click(Duration.ofDays(1), 99);

    @Test
    void a_promo_code_beats_click_customer_and_visitor() {
        Seen named = seen(BEN, Duration.ofHours(2));
        Decision decision = Precedence.decide(
                evidence("CODE", named.clickId(), "buyer"), found(new LastClick(), party(ADA), party(CLEO), named));
        assertThat(decision.basis()).isEqualTo(Basis.PROMO_CODE);
        assertThat(decision.winners()).containsExactly(new Winner(ADA, ADA, null, null, "", 10_000));
        assertThat(decision.candidates()).extracting(Candidate::weightBps).containsExactly(0);
    }

    @Test
    void a_named_click_beats_the_customer_and_newer_clicks_of_the_visitor() {
        Seen named = seen(BEN, Duration.ofHours(2));
        Seen newer = seen(CLEO, Duration.ofHours(1));
        Decision decision = Precedence.decide(
                evidence(null, named.clickId(), "buyer"), found(new LastClick(), null, party(ADA), named, newer));
        assertThat(decision.basis()).isEqualTo(Basis.CLICK);
        assertThat(decision.winners()).extracting(Winner::affiliateId).containsExactly(BEN);
        assertThat(decision.winners().get(0).clickId()).isEqualTo(named.clickId());
        assertThat(decision.candidates())
                .extracting(Candidate::excluded)
                .containsExactly(null, Exclusion.AFTER_NAMED_CLICK);
    }

    @Test
    void a_bound_customer_beats_the_visitors_clicks() {
        Decision decision = Precedence.decide(
                evidence(null, null, "buyer"),
                found(new LastClick(), null, party(ADA), seen(BEN, Duration.ofHours(1))));
        assertThat(decision.basis()).isEqualTo(Basis.CUSTOMER);
        assertThat(decision.winners()).extracting(Winner::affiliateId).containsExactly(ADA);
    }

    @Test
    void whom_staff_named_counts_alone() {
        Evidence evidence = new Evidence(UUID.randomUUID(), 1, ADA, SALE, ADA, "CODE", null, "buyer", null, true);
        Findings named = new Findings(new LastClick(), new Window(30), party(ADA), party(BEN), party(CLEO), List.of());
        assertThat(Precedence.decide(evidence, named).basis()).isEqualTo(Basis.NAMED);
        Findings stranger = new Findings(new LastClick(), new Window(30), null, party(BEN), party(CLEO), List.of());
        assertThat(Precedence.decide(evidence, stranger).reason()).isEqualTo(Exclusion.AFFILIATE_UNKNOWN);
    }

    @Test
    void what_may_not_earn_gives_way_to_the_next() {
        Seen old = seen(BEN, Duration.ofDays(40));
        Decision decision = Precedence.decide(
                evidence("NOBODYS", old.clickId(), "buyer"), found(new LastClick(), null, party(ADA), old));
        assertThat(decision.basis()).isEqualTo(Basis.CUSTOMER);
        Decision barred = Precedence.decide(
                evidence("CODE", null, "buyer"), found(new LastClick(), new Party(BEN, BEN, true), party(ADA)));
        assertThat(barred.winners()).extracting(Winner::affiliateId).containsExactly(ADA);
    }

    @Test
    void the_strongest_reason_stands_where_nobody_is_credited() {
        assertThat(reason(evidence(null, null, null))).isEqualTo(Exclusion.NO_EVIDENCE);
        assertThat(reason(evidence(null, null, "stranger"))).isEqualTo(Exclusion.NO_EVIDENCE);
        assertThat(reason(evidence("NOBODYS", UNKNOWN, null))).isEqualTo(Exclusion.PROMO_CODE_UNKNOWN);
        assertThat(reason(evidence(null, UNKNOWN, null))).isEqualTo(Exclusion.CLICK_UNKNOWN);
        Seen old = seen(BEN, Duration.ofDays(31));
        assertThat(reason(evidence(null, old.clickId(), null), old)).isEqualTo(Exclusion.OUTSIDE_WINDOW);
        Seen later = seen(BEN, Duration.ofMinutes(-6));
        assertThat(reason(evidence(null, later.clickId(), null), later)).isEqualTo(Exclusion.OUTSIDE_WINDOW);
        Seen bot = new Seen(click(Duration.ofDays(1), 5), BEN, BEN, BEN, "", false, true, false);
        assertThat(reason(evidence(null, bot.clickId(), null), bot)).isEqualTo(Exclusion.CLICK_NOT_HUMAN);
        Seen paused = new Seen(click(Duration.ofDays(1), 5), BEN, BEN, BEN, "", true, false, false);
        assertThat(reason(evidence(null, paused.clickId(), null), paused)).isEqualTo(Exclusion.CLICK_NOT_CREDITED);
        Seen suspended = new Seen(click(Duration.ofDays(1), 5), BEN, BEN, BEN, "", true, true, true);
        assertThat(reason(evidence(null, suspended.clickId(), null), suspended))
                .isEqualTo(Exclusion.AFFILIATE_SUSPENDED);
        assertThat(reason(evidence(null, null, null), suspended)).isEqualTo(Exclusion.AFFILIATE_SUSPENDED);
    }

    @Test
    void a_click_that_is_not_there_yet_is_told_also_where_something_else_decides() {
        Decision bound = Precedence.decide(evidence(null, UNKNOWN, "buyer"), found(new LastClick(), null, party(ADA)));
        assertThat(bound.clickMissing()).isTrue();
        assertThat(bound.winners()).extracting(Winner::affiliateId).containsExactly(ADA);
        Decision visitor = Precedence.decide(
                evidence(null, UNKNOWN, null), found(new LastClick(), null, null, seen(BEN, Duration.ofDays(2))));
        assertThat(visitor.basis()).isEqualTo(Basis.VISITOR);
        assertThat(visitor.clickMissing()).isTrue();
    }

    @Test
    void the_clicks_of_a_suspended_affiliate_leave_their_part_to_the_others() {
        Seen ada = seen(ADA, Duration.ofDays(3));
        Seen barred = new Seen(click(Duration.ofDays(2), 7), BEN, BEN, BEN, "", true, true, true);
        Seen cleo = seen(CLEO, Duration.ofDays(1));
        Decision decision =
                Precedence.decide(evidence(null, null, null), found(new Linear(), null, null, ada, barred, cleo));
        assertThat(decision.winners()).extracting(Winner::affiliateId).containsExactly(CLEO, ADA);
        assertThat(decision.candidates()).extracting(Candidate::weightBps).containsExactly(5_000, 0, 5_000);
    }

    @Test
    void clicks_of_one_affiliate_in_a_row_are_one_touch() {
        List<Seen> clicks = new ArrayList<>();
        clicks.add(seen(ADA, Duration.ofDays(9)));
        for (int i = 8; i > 1; i--) clicks.add(seen(BEN, Duration.ofDays(i)));
        clicks.add(seen(ADA, Duration.ofDays(1)));
        Decision decision = Precedence.decide(
                evidence(null, null, null), found(new Linear(), null, null, clicks.toArray(Seen[]::new)));
        assertThat(decision.winners())
                .extracting(Winner::affiliateId, Winner::weightBps)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ADA, 6_667),
                        org.assertj.core.groups.Tuple.tuple(BEN, 3_333));
        assertThat(decision.winners().get(0).clickId()).isEqualTo(clicks.get(8).clickId());
        assertThat(decision.foremost()).get().extracting(Winner::affiliateId).isEqualTo(ADA);
    }

    @Test
    void the_first_and_the_last_moment_of_a_window_belong_to_it() {
        Window window = new Window(30);
        Instant oldest = SALE.minus(Duration.ofDays(30)).minus(Window.TOLERANCE);
        assertThat(window.holds(oldest, SALE)).isTrue();
        assertThat(window.holds(oldest.minusMillis(1), SALE)).isFalse();
        assertThat(window.holds(SALE.plus(Window.TOLERANCE), SALE)).isTrue();
        assertThat(window.holds(SALE.plus(Window.TOLERANCE).plusMillis(1), SALE))
                .isFalse();
        assertThatThrownBy(() -> new Window(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Window(366)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_window_has_as_many_hours_in_a_month_when_clocks_change() {
        // Europe and America put their clocks forward in March; 30 days are 720 hours all the same.
        Instant sale = Instant.parse("2026-04-10T00:00:00Z");
        assertThat(new Window(30).holds(sale.minus(Duration.ofHours(720)), sale))
                .isTrue();
        assertThat(new Window(30).holds(sale.minus(Duration.ofHours(721)), sale))
                .isFalse();
    }

    @Test
    void whatever_is_found_the_parts_make_the_whole_or_there_is_a_reason() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<AttributionModel> models =
                List.of(new LastClick(), new FirstClick(), new Linear(), new TimeDecay(), new PositionBased());
        for (int round = 0; round < 10_000; round++) {
            List<Seen> clicks = Stream.generate(() -> random(random))
                    .limit(random.nextInt(12))
                    .sorted(Comparator.comparing(Seen::clickId))
                    .toList();
            UUID named = clicks.isEmpty() || random.nextInt(3) == 0
                    ? random.nextBoolean() ? UNKNOWN : null
                    : clicks.get(random.nextInt(clicks.size())).clickId();
            Findings found = new Findings(
                    models.get(random.nextInt(models.size())),
                    new Window(1 + random.nextInt(60)),
                    null,
                    random.nextInt(4) == 0 ? new Party(ADA, ADA, random.nextBoolean()) : null,
                    random.nextInt(4) == 0 ? new Party(BEN, BEN, random.nextBoolean()) : null,
                    clicks);
            // The constructor of a decision refuses weights that do not sum to the whole.
            Decision decision = Precedence.decide(evidence(random.nextBoolean() ? "CODE" : null, named, null), found);
            assertThat(decision.candidates()).as("seed %d", seed).hasSameSizeAs(clicks);
            assertThat(decision.winners())
                    .as("seed %d", seed)
                    .extracting(Winner::affiliateId)
                    .doesNotHaveDuplicates();
            if (decision.basis().isClicks()) {
                assertThat(decision.candidates().stream()
                                .mapToInt(Candidate::weightBps)
                                .sum())
                        .as("seed %d", seed)
                        .isEqualTo(10_000);
            }
            assertThat(decision.candidates())
                    .as("seed %d", seed)
                    .allMatch(candidate -> candidate.excluded() == null || candidate.weightBps() == 0);
        }
    }

    @Test
    void candidates_come_back_from_json_as_they_went() {
        List<Candidate> candidates = List.of(
                new Candidate(UNKNOWN, ADA, BEN, CLEO, "news", null, 2_500),
                new Candidate(UNKNOWN, ADA, BEN, CLEO, "", Exclusion.OUTSIDE_WINDOW, 0));
        assertThat(Candidates.read(Candidates.write(candidates))).isEqualTo(candidates);
    }

    private static Seen random(Random random) {
        UUID who = List.of(ADA, BEN, CLEO).get(random.nextInt(3));
        UUID click = click(Duration.ofMinutes(random.nextInt(60 * 24 * 50) - 10), random.nextInt(1_000_000));
        return new Seen(click, who, who, who, "", random.nextInt(6) > 0, random.nextInt(6) > 0, random.nextInt(6) == 0);
    }

    private static @Nullable Exclusion reason(Evidence evidence, Seen... clicks) {
        Decision decision = Precedence.decide(evidence, found(new LastClick(), null, null, clicks));
        assertThat(decision.winners()).isEmpty();
        return decision.reason();
    }

    private static Evidence evidence(@Nullable String code, @Nullable UUID click, @Nullable String customer) {
        return new Evidence(UUID.randomUUID(), 1, ADA, SALE, null, code, click, customer, null, true);
    }

    private static Findings found(
            AttributionModel model, @Nullable Party codeOwner, @Nullable Party bound, Seen... clicks) {
        return new Findings(model, new Window(30), null, codeOwner, bound, List.of(clicks));
    }

    private static Party party(UUID who) {
        return new Party(who, who, false);
    }

    private static Seen seen(UUID who, Duration before) {
        return new Seen(click(before, who.hashCode()), who, who, who, "", true, true, false);
    }

    private static UUID click(Duration before, int salt) {
        UUID floor = Ids.floor(SALE.minus(before));
        return new UUID(floor.getMostSignificantBits(), floor.getLeastSignificantBits() + salt);
    }
}
