package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tier as the API shows it. */
@Schema(name = "Tier")
public record TierView(
        @Schema(examples = "tir_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        @Schema(examples = "Gold") String name,
        @Schema(examples = "30", description = "The higher, the better") int rank,
        @Schema(examples = "50") long minConversions,
        Money minRevenue,
        @Schema(examples = "2000", description = "The share of a sale in basis points") int rateBps,
        Money signUpBonus,
        @Schema(implementation = Money.class, nullable = true, description = "null: the program's own counts") @Nullable
                Money minPayout,
        List<Tier.Perk> perks,
        Instant createdAt,
        Instant updatedAt) {
    /** With amounts in the program's currency. */
    public static TierView of(Tier t, String currency) {
        return new TierView(
                TypeId.TIER.format(t.id()),
                TypeId.PROGRAM.format(t.programId()),
                t.name(),
                t.rank(),
                t.minConversions(),
                new Money(t.minRevenueMinor(), currency),
                t.rateBps(),
                new Money(t.signUpBonusMinor(), currency),
                t.minPayoutMinor() == null ? null : new Money(t.minPayoutMinor(), currency),
                t.perks(),
                t.createdAt(),
                t.updatedAt());
    }
}
