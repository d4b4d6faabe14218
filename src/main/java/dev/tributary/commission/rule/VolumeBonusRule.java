package dev.tributary.commission.rule;

import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A share on top of a sale's commission that grows with what the enrollment sold before in the same month. A bracket counts
 * from the sale after the one that reached it; what was earned before stays as it is.
 */
@Singleton
class VolumeBonusRule implements CommissionRule {
    @Override
    public String kind() {
        return "volume_bonus";
    }

    @Override
    public Role role() {
        return Role.BONUS;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.VOLUME_OF, Terms.Field.BRACKETS);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        List<Terms.Bracket> brackets = terms.brackets() == null ? List.of() : terms.brackets();
        errors.require(
                !brackets.isEmpty() && brackets.size() <= Terms.MOST_BRACKETS,
                "terms.brackets",
                "wrong_size",
                "There are 1 to " + Terms.MOST_BRACKETS + " brackets");
        long before = -1;
        for (int i = 0; i < Math.min(brackets.size(), Terms.MOST_BRACKETS); i++) {
            Terms.Bracket bracket = brackets.get(i);
            errors.allow(
                            bracket.from() > before && bracket.from() <= Terms.MOST_MONEY,
                            "terms.brackets[" + i + "].from",
                            "out_of_range",
                            "from is above the one before, 0 to " + Terms.MOST_MONEY)
                    .allow(
                            dev.tributary.money.Shares.isShare(bracket.bps()),
                            "terms.brackets[" + i + "].bps",
                            "out_of_range",
                            "bps is 0 to 10000");
            before = bracket.from();
        }
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.kind() == On.SALE;
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        long reached = terms.volumeOf() == Terms.VolumeOf.CONVERSIONS
                ? basis.volume().conversions()
                : basis.volume().revenueMinor();
        int bps = 0;
        for (Terms.Bracket bracket : Objects.requireNonNull(terms.brackets()))
            if (bracket.from() <= reached) bps = bracket.bps();
        if (bps == 0) return Earning.nothing("no bracket reached");
        return new Earning(List.of(new Term("commission", basis.baseMinor(), bps)), "volume so far: " + reached);
    }
}
