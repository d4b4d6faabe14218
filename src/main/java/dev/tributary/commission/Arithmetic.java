package dev.tributary.commission;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tributary.commission.rule.Earning;
import dev.tributary.commission.rule.Term;
import dev.tributary.money.Shares;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a commission came to its amount, kept with it: whoever wonders can compute it again, by hand.
 *
 * @param rule by its public id, with the version that counted
 * @param terms the summands, before rounding
 * @param weightBps the enrollment's share of the credit, in basis points
 * @param split how the whole of several credits was shared out; null where there was one
 * @param cap what was left under the rule's cap; null without one
 * @param volume what the enrollment's month was before and is counted by; null where no rule asks
 * @param amount the result in minor units, before refunds
 */
@Schema(name = "CommissionArithmetic")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Arithmetic(
        @Schema(examples = "crl_01h455vb4pex5vsknk084sn02q") String rule,
        @Schema(examples = "3") int version,
        Scope scope,
        List<Summand> terms,
        String note,
        @Schema(examples = "10000") int weightBps,
        @Nullable Split split,
        @Nullable CapUse cap,
        @Nullable VolumeUse volume,
        @Schema(examples = "500") long amount) {

    /** A share of an amount. */
    @Schema(name = "CommissionTerm")
    record Summand(
            @Schema(examples = "sale") String of,
            @Schema(examples = "5000") long amount,
            @Schema(examples = "1000") int bps) {
        static Summand of(Term term) {
            return new Summand(term.of(), term.amountMinor(), term.bps());
        }

        BigDecimal exact() {
            return new Term(of, amount, bps).exact();
        }
    }

    /**
     * The parts of several credits are rounded down; the units that are left go to the largest remainders.
     *
     * @param units how many were left
     * @param rank this part's place among the remainders, from 0: below {@code units} it got one
     */
    @Schema(name = "CommissionSplit")
    record Split(int units, int rank) {}

    /**
     * @param used what the rule had given this enrollment in the period before
     */
    @Schema(name = "CommissionCap")
    record CapUse(String rule, Cap.Period period, LocalDate from, long limit, long used) {
        @JsonIgnore
        long left() {
            return Math.max(0, limit - used);
        }
    }

    /**
     * @param rule whose month it is
     * @param revenue this sale's part in it, by the credit's weight
     */
    @Schema(name = "CommissionVolume")
    record VolumeUse(String rule, LocalDate from, long revenueBefore, long conversionsBefore, long revenue) {}

    Arithmetic {
        terms = List.copyOf(terms);
    }

    /** The result again, from what is kept. */
    long recomputed() {
        long whole =
                split == null ? Shares.rounded(exact()) : Shares.floor(exact()) + (split.rank < split.units ? 1 : 0);
        return cap == null ? whole : Math.min(whole, cap.left());
    }

    /** The result before rounding and caps. */
    BigDecimal exact() {
        return Shares.exact(terms.stream().map(Summand::exact).reduce(BigDecimal.ZERO, BigDecimal::add), weightBps);
    }

    static Arithmetic of(RuleVersion rule, String ruleId, Earning earning, int weightBps) {
        return new Arithmetic(
                ruleId,
                rule.number(),
                rule.scope(),
                earning.terms().stream().map(Summand::of).toList(),
                earning.note(),
                weightBps,
                null,
                null,
                null,
                0);
    }

    Arithmetic in(Split shared) {
        return new Arithmetic(rule, version, scope, terms, note, weightBps, shared, cap, volume, 0).finished();
    }

    Arithmetic under(CapUse use) {
        return new Arithmetic(rule, version, scope, terms, note, weightBps, split, use, volume, 0).finished();
    }

    Arithmetic counting(VolumeUse use) {
        return new Arithmetic(rule, version, scope, terms, note, weightBps, split, cap, use, amount);
    }

    /** With the amount that it comes to. */
    Arithmetic finished() {
        return new Arithmetic(rule, version, scope, terms, note, weightBps, split, cap, volume, recomputed());
    }
}
