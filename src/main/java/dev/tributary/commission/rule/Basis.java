package dev.tributary.commission.rule;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may look at: one conversion as one enrollment is credited with it.
 *
 * @param amountMinor what the rule is asked about: the whole sale, or the lines that are its own
 * @param items the lines that are its own
 * @param tierId the enrollment's
 * @param customerMonths whole months from the customer's first sale to this one, in the program's time zone
 * @param baseMinor the commission that the base rule gave, for rules that add a share of it
 * @param volume what the enrollment brought before in the rule's period
 * @param level how many recruiters stand between, from 1; 0 where the enrollment's own affiliate earns
 */
public record Basis(
        On kind,
        long amountMinor,
        List<Item> items,
        @Nullable UUID tierId,
        long customerMonths,
        long baseMinor,
        Volume volume,
        int level) {
    /** Sales in a period, gross of refunds. */
    public record Volume(long revenueMinor, long conversions) {
        public static final Volume NONE = new Volume(0, 0);
    }

    public Basis {
        items = List.copyOf(items);
    }

    /** A conversion before any rule has had its say. */
    public static Basis of(On kind, long amountMinor, @Nullable UUID tierId, long customerMonths) {
        return new Basis(kind, amountMinor, List.of(), tierId, customerMonths, 0, Volume.NONE, 0);
    }

    /** The part of it that these lines are. */
    public Basis part(long amount, List<Item> lines) {
        return new Basis(kind, amount, lines, tierId, customerMonths, baseMinor, volume, level);
    }

    /** As a rule sees it that adds to a commission. */
    public Basis upon(long base, Volume before) {
        return new Basis(kind, amountMinor, items, tierId, customerMonths, base, before, level);
    }

    /** As a recruiter's rule sees it. */
    public Basis upline(long base, int recruiters) {
        return new Basis(kind, amountMinor, items, null, customerMonths, base, volume, recruiters);
    }
}
