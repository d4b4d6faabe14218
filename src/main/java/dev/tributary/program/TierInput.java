package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a tier is made from or changed to: in a change, fields left out stay as they are. */
record TierInput(
        @Schema(examples = "Gold") @Nullable String name,
        @Schema(examples = "30", description = "The higher, the better; ten above the highest unless given") @Nullable
                Integer rank,
        @Schema(examples = "50", description = "What must be reached, together with the revenue") @Nullable
                Long minConversions,
        @Schema(description = "What must be reached, together with the conversions") @Nullable Money minRevenue,
        @Schema(examples = "2000", description = "The share of a sale in basis points") @Nullable Integer rateBps,
        @Nullable Money signUpBonus,
        @Schema(implementation = Money.class, description = "null takes it away: the program's own counts") @Nullable
                Optional<Money> minPayout,
        @Schema(description = "What it offers besides money; replaces what was offered before") @Nullable
                List<Tier.Perk> perks) {
    private static final int STEP = 10;

    /** A tier above those. */
    Tier make(UUID id, Program program, List<Tier> others, Instant now) {
        new FieldErrors()
                .require(name != null, "name", "required", "name is missing")
                .require(rateBps != null, "rateBps", "required", "rateBps is missing")
                .done();
        int highest = others.isEmpty() ? 0 : others.get(others.size() - 1).rank();
        Tier blank = new Tier(id, program.id(), "", highest + STEP, 0, 0, 0, 0, null, List.of(), now, now);
        return over(blank, program, now);
    }

    Tier over(Tier old, Program program, Instant now) {
        return new Tier(
                        old.id(),
                        old.programId(),
                        requireNonNullElse(name, old.name()),
                        requireNonNullElse(rank, old.rank()),
                        requireNonNullElse(minConversions, old.minConversions()),
                        amount("minRevenue", minRevenue, old.minRevenueMinor(), program),
                        requireNonNullElse(rateBps, old.rateBps()),
                        amount("signUpBonus", signUpBonus, old.signUpBonusMinor(), program),
                        minPayout(old, program),
                        perks == null ? old.perks() : checked(perks),
                        old.createdAt(),
                        now)
                .checked();
    }

    private @Nullable Long minPayout(Tier old, Program program) {
        if (minPayout == null) return old.minPayoutMinor();
        return minPayout
                .map(money -> ProgramRules.amount("minPayout", money, program.currency()))
                .orElse(null);
    }

    private static long amount(String field, @Nullable Money money, long old, Program program) {
        return money == null ? old : ProgramRules.amount(field, money, program.currency());
    }

    /** A null among them is a perk without a title. */
    private static List<Tier.Perk> checked(List<Tier.@Nullable Perk> perks) {
        Tier.Perk none = new Tier.Perk(null, "", null, null);
        return perks.stream().map(perk -> perk == null ? none : perk).toList();
    }
}
