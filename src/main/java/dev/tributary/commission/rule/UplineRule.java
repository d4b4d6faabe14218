package dev.tributary.commission.rule;

import dev.tributary.money.Shares;
import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A share of an affiliate's commission for whoever recruited them, and for those who recruited these, up to five levels. */
@Singleton
class UplineRule implements CommissionRule {
    static final String KIND = "upline";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Role role() {
        return Role.UPLINE;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.LEVELS);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        List<Integer> levels = terms.levels() == null ? List.of() : terms.levels();
        errors.require(
                !levels.isEmpty() && levels.size() <= Terms.MOST_LEVELS,
                "terms.levels",
                "wrong_size",
                "There are 1 to " + Terms.MOST_LEVELS + " levels");
        for (int i = 0; i < Math.min(levels.size(), Terms.MOST_LEVELS); i++)
            errors.allow(
                    Shares.isShare(levels.get(i)),
                    "terms.levels[" + i + "]",
                    "out_of_range",
                    "A level is 0 to " + Shares.WHOLE + " basis points");
    }

    private static List<Integer> levels(Terms terms) {
        return Objects.requireNonNull(terms.levels());
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.level() >= 1 && basis.level() <= levels(terms).size();
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        return Earning.of(
                new Term("commission", basis.baseMinor(), levels(terms).get(basis.level() - 1)));
    }
}
