package dev.tributary.commission.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each kind of rule takes, when it has a say, and what it gives. */
class RulesTest {
    private static final UUID TIER = new UUID(0x7100, 1);
    private static final String TIER_ID = TypeId.TIER.format(TIER);
    private static final Basis SALE = Basis.of(On.SALE, 10_000, TIER, 5);
    private static final Basis LEAD = Basis.of(On.LEAD, 0, TIER, 0);

    private static Terms terms(@Nullable Integer bps, @Nullable Long amount, @Nullable Integer months) {
        return new Terms(bps, usd(amount), null, months, null, null, null, null, null, null);
    }

    private static @Nullable Money usd(@Nullable Long amount) {
        return amount == null ? null : new Money(amount, "USD");
    }

    private static Terms brackets(Terms.@Nullable VolumeOf of, Terms.Bracket... brackets) {
        return new Terms(null, null, null, null, null, null, of, List.of(brackets), null, null);
    }

    private static Terms tiers(@Nullable Long amount, Terms.TierAmount... tiers) {
        return new Terms(null, usd(amount), null, null, null, null, null, null, List.of(tiers), null);
    }

    private static Terms product(
            @Nullable String sku, @Nullable String category, @Nullable Integer bps, @Nullable Long each) {
        return new Terms(bps, usd(each), null, null, sku, category, null, null, null, null);
    }

    /** The wrong fields with their codes; {@code 400} or {@code 422} first. */
    private static String wrong(String kind, Terms terms) {
        FieldErrors errors = new FieldErrors();
        terms.check(Kinds.all().of(kind), errors);
        Problem problem = catchThrowableOfType(Problem.class, errors::done);
        if (problem == null) return "";
        String status = problem.kind() == ProblemKind.UNPROCESSABLE ? "422" : "400";
        return status
                + problem.errors().stream()
                        .map(error -> " " + error.field() + " " + error.code())
                        .reduce("", String::concat);
    }

    private static String gives(String kind, Terms terms, Basis basis) {
        Earning earning = Kinds.all().of(kind).earning(terms, basis);
        return earning.exact().stripTrailingZeros().toPlainString()
                + earning.terms().stream().map(term -> " " + term.of()).reduce("", String::concat)
                + (earning.note().isEmpty() ? "" : " (" + earning.note() + ")");
    }

    private static boolean applies(String kind, Terms terms, Basis basis) {
        return Kinds.all().of(kind).applies(terms, basis);
    }

    @Test
    void a_percentage_takes_a_share_of_sales() {
        assertThat(wrong("percentage", Terms.share(0))).isEmpty();
        assertThat(wrong("percentage", Terms.share(10_000))).isEmpty();
        assertThat(wrong("percentage", Terms.share(10_001))).isEqualTo("422 terms.bps out_of_range");
        assertThat(wrong("percentage", Terms.share(-1))).isEqualTo("422 terms.bps out_of_range");
        assertThat(wrong("percentage", Terms.NONE)).isEqualTo("400 terms.bps required");
        assertThat(wrong("percentage", terms(5, 5L, 5)))
                .isEqualTo("400 terms.amount not_of_this_kind terms.months not_of_this_kind");
        assertThat(applies("percentage", Terms.share(1), SALE)).isTrue();
        assertThat(applies("percentage", Terms.share(1), LEAD)).isFalse();
        assertThat(gives("percentage", Terms.share(1_234), SALE)).isEqualTo("1234 sale");
    }

    @Test
    void a_flat_amount_is_for_sales_unless_it_says_leads() {
        Terms leads = new Terms(null, usd(700L), On.LEAD, null, null, null, null, null, null, null);
        assertThat(wrong("flat", terms(null, 0L, null))).isEmpty();
        assertThat(wrong("flat", terms(null, Terms.MOST_MONEY, null))).isEmpty();
        assertThat(wrong("flat", terms(null, Terms.MOST_MONEY + 1, null))).isEqualTo("422 terms.amount out_of_range");
        assertThat(wrong("flat", terms(null, -1L, null))).isEqualTo("422 terms.amount out_of_range");
        assertThat(wrong("flat", leads)).isEmpty();
        assertThat(wrong("flat", Terms.NONE)).isEqualTo("400 terms.amount required");
        assertThat(applies("flat", terms(null, 5L, null), SALE)).isTrue();
        assertThat(applies("flat", terms(null, 5L, null), LEAD)).isFalse();
        assertThat(applies("flat", leads, LEAD)).isTrue();
        assertThat(applies("flat", leads, SALE)).isFalse();
        assertThat(gives("flat", leads, LEAD)).isEqualTo("700 flat");
    }

    @Test
    void a_recurring_share_ends_with_its_last_month() {
        assertThat(wrong("recurring", terms(5, null, null))).isEmpty();
        assertThat(wrong("recurring", terms(5, null, 1))).isEmpty();
        assertThat(wrong("recurring", terms(5, null, 600))).isEmpty();
        assertThat(wrong("recurring", terms(5, null, 601))).isEqualTo("422 terms.months out_of_range");
        assertThat(wrong("recurring", terms(5, null, 0))).isEqualTo("422 terms.months out_of_range");
        assertThat(wrong("recurring", terms(null, null, 1))).isEqualTo("400 terms.bps required");
        assertThat(applies("recurring", terms(5, null, 1), SALE)).isTrue();
        assertThat(applies("recurring", terms(5, null, 1), LEAD)).isFalse();
        assertThat(gives("recurring", terms(1_000, null, 6), SALE)).isEqualTo("1000 sale");
        assertThat(gives("recurring", terms(1_000, null, 5), SALE))
                .isEqualTo("0 (the 5 months from the customer's first sale are over)");
        assertThat(gives("recurring", terms(1_000, null, null), SALE)).isEqualTo("1000 sale");
    }

    @Test
    void a_product_is_told_by_sku_or_category_and_pays_a_share_or_an_amount_for_each_piece() {
        assertThat(wrong("product", product("A", null, 5, null))).isEmpty();
        assertThat(wrong("product", product(null, "books", null, 5L))).isEmpty();
        assertThat(wrong("product", product("A", "books", 5, null))).isEqualTo("400 terms.sku required");
        assertThat(wrong("product", product(null, null, 5, null))).isEqualTo("400 terms.sku required");
        assertThat(wrong("product", product("A", null, 5, 5L))).isEqualTo("400 terms.bps required");
        assertThat(wrong("product", product("A", null, null, null))).isEqualTo("400 terms.bps required");
        assertThat(wrong("product", product(" ", null, 5, null))).isEqualTo("400 terms.sku malformed");
        assertThat(wrong("product", product(null, "x".repeat(101), 5, null))).isEqualTo("400 terms.category malformed");
        assertThat(wrong("product", product("x".repeat(100), null, 5, null))).isEmpty();
        assertThat(wrong("product", product("A", null, 10_001, null))).isEqualTo("422 terms.bps out_of_range");
        assertThat(wrong("product", product("A", null, null, -1L))).isEqualTo("422 terms.amount out_of_range");

        Basis two = SALE.part(300, List.of(new Item("A", "books", 2, 200), new Item("A", "toys", 1, 100)));
        assertThat(applies("product", product("A", null, 5, null), two)).isTrue();
        assertThat(applies("product", product("B", null, 5, null), two)).isFalse();
        assertThat(applies("product", product(null, "books", 5, null), two)).isFalse();
        assertThat(applies("product", product("A", null, 5, null), LEAD)).isFalse();
        assertThat(gives("product", product("A", null, 1_000, null), two)).isEqualTo("30 sku:A");
        assertThat(gives("product", product(null, "books", null, 40L), two)).isEqualTo("120 category:books");
        assertThat(gives("product", product("A", null, null, 100L), two)).isEqualTo("300 sku:A");
        assertThat(gives("product", product("A", null, null, 101L), two)).isEqualTo("300 sku:A");
    }

    @Test
    void a_sign_up_bonus_is_what_the_tier_gets_or_the_amount_for_all_others() {
        Terms.TierAmount gold = new Terms.TierAmount(TIER_ID, new Money(900, "USD"));
        assertThat(wrong("sign_up_bonus", tiers(null, gold))).isEmpty();
        assertThat(wrong("sign_up_bonus", terms(null, 5L, null))).isEmpty();
        assertThat(wrong("sign_up_bonus", Terms.NONE)).isEqualTo("400 terms.amount required");
        assertThat(wrong("sign_up_bonus", tiers(-1L, gold))).isEqualTo("422 terms.amount out_of_range");
        assertThat(wrong("sign_up_bonus", tiers(null, new Terms.TierAmount("x", null))))
                .isEqualTo("400 terms.tiers[0].tierId malformed terms.tiers[0].amount required");
        assertThat(wrong("sign_up_bonus", tiers(null, new Terms.TierAmount(null, new Money(-1, "USD")))))
                .isEqualTo("400 terms.tiers[0].tierId malformed terms.tiers[0].amount out_of_range");
        assertThat(wrong("sign_up_bonus", tiers(null, gold, new Terms.TierAmount(TIER_ID, new Money(-1, "USD")))))
                .isEqualTo("422 terms.tiers[1].amount out_of_range");
        Terms.TierAmount[] fifty = java.util.Collections.nCopies(50, gold).toArray(Terms.TierAmount[]::new);
        Terms.TierAmount[] more = java.util.Collections.nCopies(51, gold).toArray(Terms.TierAmount[]::new);
        assertThat(wrong("sign_up_bonus", tiers(null, fifty))).isEmpty();
        assertThat(wrong("sign_up_bonus", tiers(null, more))).isEqualTo("400 terms.tiers too_many");

        assertThat(applies("sign_up_bonus", tiers(null, gold), LEAD)).isTrue();
        assertThat(applies("sign_up_bonus", tiers(null, gold), SALE)).isFalse();
        Basis other = Basis.of(On.LEAD, 0, new UUID(0x7100, 2), 0);
        Basis none = Basis.of(On.LEAD, 0, null, 0);
        assertThat(gives("sign_up_bonus", tiers(5L, gold), LEAD)).isEqualTo("900 tier:" + TIER_ID);
        assertThat(gives("sign_up_bonus", tiers(5L, gold), other)).isEqualTo("5 flat");
        assertThat(gives("sign_up_bonus", tiers(5L, gold), none)).isEqualTo("5 flat");
        assertThat(gives("sign_up_bonus", tiers(null, gold), other)).isEqualTo("0 (no amount for this tier)");
        assertThat(gives("sign_up_bonus", terms(null, 7L, null), LEAD)).isEqualTo("7 flat");
    }

    @Test
    void a_volume_bonus_is_the_share_of_the_highest_bracket_that_was_reached_before() {
        Terms.Bracket low = new Terms.Bracket(0, 100);
        Terms.Bracket high = new Terms.Bracket(1_000, 500);
        assertThat(wrong("volume_bonus", brackets(null, low, high))).isEmpty();
        assertThat(wrong("volume_bonus", brackets(null, new Terms.Bracket(Terms.MOST_MONEY, 10_000))))
                .isEmpty();
        assertThat(wrong("volume_bonus", brackets(null, new Terms.Bracket(Terms.MOST_MONEY + 1, 1))))
                .isEqualTo("422 terms.brackets[0].from out_of_range");
        assertThat(wrong("volume_bonus", brackets(null, new Terms.Bracket(-1, 1))))
                .isEqualTo("422 terms.brackets[0].from out_of_range");
        assertThat(wrong("volume_bonus", brackets(null, high, high)))
                .isEqualTo("422 terms.brackets[1].from out_of_range");
        assertThat(wrong("volume_bonus", brackets(null, new Terms.Bracket(5, 10_001))))
                .isEqualTo("422 terms.brackets[0].bps out_of_range");
        assertThat(wrong("volume_bonus", brackets(null))).isEqualTo("400 terms.brackets wrong_size");
        assertThat(wrong("volume_bonus", Terms.NONE)).isEqualTo("400 terms.brackets wrong_size");
        assertThat(wrong("volume_bonus", brackets(null, steps(20)))).isEmpty();
        assertThat(wrong("volume_bonus", brackets(null, steps(21)))).isEqualTo("400 terms.brackets wrong_size");

        assertThat(applies("volume_bonus", brackets(null, low), SALE)).isTrue();
        assertThat(applies("volume_bonus", brackets(null, low), LEAD)).isFalse();
        assertThat(gives("volume_bonus", brackets(null, low, high), SALE.upon(2_000, new Basis.Volume(999, 5_000))))
                .isEqualTo("20 commission (volume so far: 999)");
        assertThat(gives("volume_bonus", brackets(null, low, high), SALE.upon(2_000, new Basis.Volume(1_000, 0))))
                .isEqualTo("100 commission (volume so far: 1000)");
        assertThat(gives(
                        "volume_bonus",
                        brackets(Terms.VolumeOf.CONVERSIONS, low, high),
                        SALE.upon(2_000, new Basis.Volume(5_000, 999))))
                .isEqualTo("20 commission (volume so far: 999)");
        assertThat(gives("volume_bonus", brackets(null, high), SALE.upon(2_000, new Basis.Volume(999, 0))))
                .isEqualTo("0 (no bracket reached)");
    }

    private static Terms.Bracket[] steps(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new Terms.Bracket(i, i))
                .toArray(Terms.Bracket[]::new);
    }

    @Test
    void an_upline_shares_by_its_level_and_not_beyond() {
        assertThat(wrong("upline", Terms.levels(List.of(0, 1, 2, 3, 10_000)))).isEmpty();
        assertThat(wrong("upline", Terms.levels(List.of()))).isEqualTo("400 terms.levels wrong_size");
        assertThat(wrong("upline", Terms.NONE)).isEqualTo("400 terms.levels wrong_size");
        assertThat(wrong("upline", Terms.levels(List.of(1, 1, 1, 1, 1, 1)))).isEqualTo("400 terms.levels wrong_size");
        assertThat(wrong("upline", Terms.levels(List.of(1, -1)))).isEqualTo("422 terms.levels[1] out_of_range");
        Terms two = Terms.levels(List.of(500, 200));
        assertThat(applies("upline", two, SALE)).isFalse();
        assertThat(applies("upline", two, SALE.upline(1_000, 1))).isTrue();
        assertThat(applies("upline", two, SALE.upline(1_000, 2))).isTrue();
        assertThat(applies("upline", two, SALE.upline(1_000, 3))).isFalse();
        assertThat(gives("upline", two, SALE.upline(1_000, 1))).isEqualTo("50 commission");
        assertThat(gives("upline", two, SALE.upline(1_000, 2))).isEqualTo("20 commission");
        assertThat(SALE.upline(1_000, 2).tierId()).isNull();
    }

    @Test
    void kinds_are_told_apart_and_listed() {
        assertThat(Kinds.all().words())
                .containsExactly(
                        "flat", "percentage", "product", "recurring", "sign_up_bonus", "upline", "volume_bonus");
        assertThat(Kinds.all().find("flat")).isPresent();
        assertThat(Kinds.all().find("contest")).isEmpty();
        assertThatThrownBy(() -> Kinds.all().of("contest")).hasMessageContaining("contest");
        assertThatThrownBy(() -> new RuleKinds(List.of(new FlatRule(), new FlatRule())))
                .hasMessageContaining("flat");
        assertThat(Kinds.all().words().stream()
                        .map(word -> Kinds.all().of(word).role().name()))
                .containsExactly("BASE", "BASE", "PRODUCT", "BASE", "BONUS", "UPLINE", "BONUS");
    }

    @Test
    void terms_name_their_amounts_and_keep_what_they_are_given() {
        Terms.TierAmount gold = new Terms.TierAmount(TIER_ID, new Money(900, "USD"));
        assertThat(tiers(5L, gold).amounts()).containsExactly(new Money(5, "USD"), new Money(900, "USD"));
        assertThat(terms(null, 5L, null).amounts()).containsExactly(new Money(5, "USD"));
        assertThat(Terms.NONE.amounts()).isEmpty();
        assertThat(Terms.tiers(List.of(gold)).amounts()).containsExactly(new Money(900, "USD"));
        assertThat(Terms.Field.VOLUME_OF.word()).isEqualTo("volumeOf");
        assertThat(brackets(Terms.VolumeOf.of("revenue")).given())
                .containsExactly(Terms.Field.VOLUME_OF, Terms.Field.BRACKETS);
        assertThat(Terms.VolumeOf.CONVERSIONS.word()).isEqualTo("conversions");
        assertThat(On.of("lead").word()).isEqualTo("lead");
    }

    @Test
    void amounts_and_shares_below_nothing_are_refused() {
        assertThatThrownBy(() -> new Item("A", "", -1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Item("A", "", 1, -5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Term("sale", -1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Term("sale", 1, 10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Item("A", "", 0, 0).quantity()).isZero();
        assertThat(new Term("sale", 0, 0).exact()).isEqualByComparingTo("0");
    }
}
