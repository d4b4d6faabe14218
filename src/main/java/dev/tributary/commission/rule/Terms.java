package dev.tributary.commission.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.money.Money;
import dev.tributary.money.Shares;
import dev.tributary.problem.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is told: each kind reads some of these and refuses the rest.
 *
 * @param brackets from the lowest to the highest
 * @param levels the share of each level of recruiters, the nearest first
 */
@Schema(name = "CommissionTerms")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Terms(
        @Schema(examples = "2000", description = "A share in basis points") @Nullable Integer bps,
        @Schema(description = "A flat amount in the program's currency") @Nullable Money amount,
        @Schema(description = "What a flat amount is paid for; sale unless given") @Nullable On on,
        @Schema(examples = "12", description = "How many months a customer's sales pay; for life unless given")
                @Nullable
                Integer months,
        @Schema(examples = "SOFA-1") @Nullable String sku,
        @Schema(examples = "furniture") @Nullable String category,
        @Schema(description = "What counts for the brackets; revenue unless given") @Nullable VolumeOf volumeOf,
        @Schema(description = "At most 20, each higher than the one before") @Nullable List<Bracket> brackets,
        @Schema(description = "What each tier pays; the others pay amount") @Nullable List<TierAmount> tiers,
        @Schema(
                        examples = "[500, 200]",
                        description = "The share of each level of recruiters, nearest first; at most 5")
                @Nullable
                List<Integer> levels) {
    /** More steps than a person can keep in mind. */
    static final int MOST_BRACKETS = 20;
    /** As many as a program can have tiers. */
    static final int MOST_TIERS = 50;
    /** Beyond five, multi-level pay is a pyramid in the eyes of most supervisors. */
    static final int MOST_LEVELS = 5;
    /** Ten thousand million of a currency with two minor digits: far from overflow when amounts are summed. */
    static final long MOST_MONEY = 1_000_000_000_000L;

    /** The names in JSON. */
    public enum Field {
        BPS,
        AMOUNT,
        ON,
        MONTHS,
        SKU,
        CATEGORY,
        VOLUME_OF,
        BRACKETS,
        TIERS,
        LEVELS;

        String word() {
            return this == VOLUME_OF ? "volumeOf" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** What volume is counted in. */
    @Schema(
            name = "VolumeOf",
            enumeration = {"revenue", "conversions"})
    public enum VolumeOf {
        REVENUE,
        CONVERSIONS;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static VolumeOf of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * From so much volume on.
     *
     * @param from minor units of revenue, or a number of conversions
     */
    @Schema(name = "VolumeBracket")
    public record Bracket(
            @Schema(examples = "1000000") long from,
            @Schema(examples = "500", description = "The share of the commission that is added") int bps) {}

    /** What one tier pays. */
    @Schema(name = "TierAmount")
    public record TierAmount(@Schema(examples = "tir_01h455vb4pex5vsknk084sn02q") String tierId, Money amount) {}

    static final Terms NONE = new Terms(null, null, null, null, null, null, null, null, null, null);

    public Terms {
        brackets = brackets == null ? null : List.copyOf(brackets);
        tiers = tiers == null ? null : List.copyOf(tiers);
        levels = levels == null ? null : List.copyOf(levels);
    }

    public static Terms share(int bps) {
        return new Terms(bps, null, null, null, null, null, null, null, null, null);
    }

    public static Terms levels(List<Integer> levels) {
        return new Terms(null, null, null, null, null, null, null, null, null, levels);
    }

    public static Terms tiers(List<TierAmount> tiers) {
        return new Terms(null, null, null, null, null, null, null, null, tiers, null);
    }

    /** Which fields are given. */
    Set<Field> given() {
        EnumSet<Field> given = EnumSet.noneOf(Field.class);
        @Nullable Object[] values = {bps, amount, on, months, sku, category, volumeOf, brackets, tiers, levels};
        for (Field field : Field.values()) if (values[field.ordinal()] != null) given.add(field);
        return given;
    }

    /** Notes the fields that these terms have and the rule does not read, and all that is wrong with the others. */
    public void check(CommissionRule rule, FieldErrors errors) {
        for (Field field : given())
            errors.require(
                    rule.fields().contains(field),
                    "terms." + field.word(),
                    "not_of_this_kind",
                    "A rule of kind " + rule.kind() + " has no " + field.word());
        rule.check(this, errors);
    }

    void requireShare(FieldErrors errors) {
        errors.require(bps != null, "terms.bps", "required", "bps is missing")
                .allow(bps == null || Shares.isShare(bps), "terms.bps", "out_of_range", "bps is 0 to " + Shares.WHOLE);
    }

    void requireAmount(FieldErrors errors) {
        errors.require(amount != null, "terms.amount", "required", "amount is missing")
                .allow(amount == null || isAmount(amount), "terms.amount", "out_of_range", AMOUNT_RANGE);
    }

    static boolean isAmount(Money money) {
        return money.amount() >= 0 && money.amount() <= MOST_MONEY;
    }

    static final String AMOUNT_RANGE = "amount is 0 to " + MOST_MONEY + " minor units";

    /** Every amount that is named, for whoever knows the program's currency. */
    public List<Money> amounts() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.ofNullable(amount),
                        tiers == null
                                ? java.util.stream.Stream.empty()
                                : tiers.stream().map(TierAmount::amount))
                .toList();
    }
}
