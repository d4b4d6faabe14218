package dev.tributary.conversion.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The clicks on the way to a conversion, and the decisions that are kept of them. */
class JourneyTest {
    private static final Instant SALE = Instant.parse("2026-03-29T12:00:00Z");
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BEN = new UUID(2, 2);

    private static UUID click(int minutesBefore) {
        return Ids.floor(SALE.minus(Duration.ofMinutes(minutesBefore)));
    }

    private static Candidate candidate(UUID who, int minutesBefore, @Nullable Exclusion excluded, int bps) {
        return new Candidate(
                click(minutesBefore), who, who, new UUID(9, minutesBefore), "s" + minutesBefore, excluded, bps);
    }

    private static Seen seen(int minutesBefore) {
        return new Seen(click(minutesBefore), ADA, ADA, ADA, "", true, true, false);
    }

    @Test
    void clicks_of_one_affiliate_in_a_row_are_one_touch_at_the_newest() {
        Journey way = new Journey(List.of(
                candidate(ADA, 50, null, 0),
                candidate(ADA, 40, null, 0),
                candidate(BEN, 30, Exclusion.CLICK_NOT_HUMAN, 0),
                candidate(ADA, 20, null, 0),
                candidate(BEN, 10, null, 0)));
        assertThat(way.isContested()).isTrue();
        assertThat(way.weighed(new Linear()).clicks())
                .extracting(Candidate::weightBps)
                .containsExactly(0, 0, 0, 5_000, 5_000);
        assertThat(way.weighed(new Linear()).winners())
                .extracting(Winner::affiliateId)
                .containsExactly(BEN, ADA);
    }

    @Test
    void an_affiliate_with_several_touches_wins_once_by_its_newest() {
        Journey way = new Journey(List.of(
                candidate(ADA, 30, null, 3_000), candidate(BEN, 20, null, 3_000), candidate(ADA, 10, null, 4_000)));
        assertThat(way.winners())
                .containsExactly(
                        new Winner(ADA, ADA, click(10), new UUID(9, 10), "s10", 7_000),
                        new Winner(BEN, BEN, click(20), new UUID(9, 20), "s20", 3_000));
        assertThat(new Journey(List.of(candidate(ADA, 5, null, 0))).winners()).isEmpty();
    }

    @Test
    void a_way_earns_where_any_click_of_it_may_and_is_contested_by_two() {
        Candidate bot = candidate(ADA, 9, Exclusion.CLICK_NOT_HUMAN, 0);
        assertThat(new Journey(List.of()).earns()).isFalse();
        assertThat(new Journey(List.of(bot)).earns()).isFalse();
        assertThat(new Journey(List.of(bot, candidate(ADA, 8, null, 0))).earns())
                .isTrue();
        assertThat(new Journey(List.of(candidate(BEN, 9, null, 0), candidate(BEN, 8, null, 0))).isContested())
                .isFalse();
        assertThat(new Journey(List.of(candidate(BEN, 9, null, 0), candidate(ADA, 8, null, 0))).isContested())
                .isTrue();
    }

    @Test
    void a_window_holds_its_last_moment_and_five_minutes_of_a_clock_that_is_off() {
        Window window = new Window(1);
        assertThat(window.holds(SALE.minus(Duration.ofMinutes(1_445)), SALE)).isTrue();
        assertThat(window.holds(SALE.minus(Duration.ofMinutes(1_445)).minusMillis(1), SALE))
                .isFalse();
        assertThat(window.holds(SALE.plus(Duration.ofMinutes(5)), SALE)).isTrue();
        assertThat(window.holds(SALE.plus(Duration.ofMinutes(5)).plusMillis(1), SALE))
                .isFalse();
        assertThat(new Window(365).days()).isEqualTo(365);
        assertThatThrownBy(() -> new Window(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Window(366)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_named_click_stands_once_among_its_visitors_in_the_order_of_time() {
        Findings none = new Findings(new LastClick(), new Window(30), null, null, null, List.of());
        JourneyQueries.Named named = new JourneyQueries.Named(seen(20), null);
        assertThat(none.with(null, List.of(seen(30))).clicks()).containsExactly(seen(30));
        assertThat(none.with(named, List.of(seen(30), seen(10))).clicks())
                .containsExactly(seen(30), seen(20), seen(10));
        assertThat(none.with(named, List.of(seen(30), seen(20))).clicks()).containsExactly(seen(30), seen(20));
        assertThat(none.with(named, List.of()).click(click(20))).contains(seen(20));
        assertThat(none.with(named, List.of()).click(click(10))).isEmpty();
        assertThat(none.boundTo(new Party(ADA, ADA, false)).bound()).isEqualTo(new Party(ADA, ADA, false));
    }

    @Test
    void the_named_click_pushes_the_oldest_out_but_never_itself() {
        Findings none = new Findings(new LastClick(), new Window(30), null, null, null, List.of());
        List<Seen> hundred = new ArrayList<>();
        for (int i = 200; i > 100; i--) hundred.add(seen(i));
        List<Seen> newer =
                none.with(new JourneyQueries.Named(seen(5), null), hundred).clicks();
        assertThat(newer).hasSize(100).endsWith(seen(5)).doesNotContain(seen(200));
        List<Seen> older =
                none.with(new JourneyQueries.Named(seen(500), null), hundred).clicks();
        assertThat(older).hasSize(100).startsWith(seen(500), seen(199));
    }

    @Test
    void a_decision_adds_up_to_the_whole_or_has_a_reason() {
        Winner all = new Winner(ADA, ADA, null, null, "", 10_000);
        assertThat(decision(Basis.PROMO_CODE, null, all).winners()).containsExactly(all);
        assertThat(decision(Basis.NONE, Exclusion.NO_EVIDENCE).winners()).isEmpty();
        assertThatThrownBy(() -> decision(Basis.PROMO_CODE, null)).hasMessageContaining("sum to 0");
        assertThatThrownBy(() -> decision(Basis.NONE, Exclusion.NO_EVIDENCE, all))
                .hasMessageContaining("sum to 10000");
        assertThatThrownBy(() -> decision(Basis.NONE, null, all)).hasMessageContaining("or there is a reason");
        assertThatThrownBy(() -> decision(Basis.CLICK, Exclusion.NO_EVIDENCE))
                .hasMessageContaining("or there is a reason");
    }

    private static Decision decision(Basis basis, @Nullable Exclusion reason, Winner... winners) {
        return new Decision(new UUID(5, 5), 1, "last_click", 1, 30, basis, reason, false, List.of(winners), List.of());
    }

    @Test
    void a_customer_is_bound_to_the_largest_part_and_among_equals_to_the_newest() {
        Winner small = new Winner(ADA, ADA, null, null, "", 4_000);
        Winner large = new Winner(BEN, BEN, null, null, "", 6_000);
        assertThat(decision(Basis.CLICK, null, small, large).foremost()).contains(large);
        Winner half = new Winner(ADA, ADA, null, null, "", 5_000);
        Winner other = new Winner(BEN, BEN, null, null, "", 5_000);
        assertThat(decision(Basis.CLICK, null, half, other).foremost()).contains(half);
        assertThat(decision(Basis.CLICK, null, other, half).foremost()).contains(other);
        assertThat(decision(Basis.NONE, Exclusion.NO_EVIDENCE).foremost()).isEmpty();
    }

    @Test
    void weights_are_one_to_the_whole_and_decisions_are_counted_from_one() {
        assertThat(new Winner(ADA, ADA, null, null, "", 1).weightBps()).isOne();
        assertThatThrownBy(() -> new Winner(ADA, ADA, null, null, "", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Winner(ADA, ADA, null, null, "", 10_001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Evidence(ADA, 0, ADA, SALE, null, null, null, null, null, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void words_come_back_as_what_they_were() {
        for (Basis basis : Basis.values()) assertThat(Basis.of(basis.word())).isEqualTo(basis);
        for (Exclusion each : Exclusion.values())
            assertThat(Exclusion.of(each.word())).isEqualTo(each);
        assertThat(Basis.CLICK.isClicks()).isTrue();
        assertThat(Basis.VISITOR.isClicks()).isTrue();
        assertThat(Basis.CUSTOMER.isClicks()).isFalse();
        assertThat(Basis.PROMO_CODE.word()).isEqualTo("promo_code");
        Models models = new Models(
                List.of(new TimeDecay(), new FirstClick(), new PositionBased(), new LastClick(), new Linear()));
        assertThat(models.all())
                .extracting(AttributionModel::word)
                .containsExactly("first_click", "last_click", "linear", "position_based", "time_decay");
        assertThat(models.of("linear").version()).isOne();
        assertThatThrownBy(() -> models.of("loudest")).hasMessageContaining("loudest");
    }
}
