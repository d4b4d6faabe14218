package dev.tributary.analytics.live;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One commission as it is now, told because it is new or has changed, with what was earned in all. */
@Schema(name = "LiveCommission")
record LiveCommission(
        @Schema(examples = "earned", description = "earned: it is new; changed: it was there") String change,
        @Schema(examples = "cms_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "pending",
                        enumeration = {"pending", "approved", "paid", "held", "rejected", "reversed"})
                String status,
        Money amount,
        @Schema(examples = "conversion", description = "What it was earned with") String source,
        @Schema(nullable = true, examples = "cnv_01h455vb4pex5vsknk084sn02q") @Nullable String conversionId,
        @Schema(examples = "2026-11-21T17:29:58Z") Instant earnedAt,
        @Schema(description = "Whether it was earned in the period of the stream, and so counts in the totals")
                boolean inPeriod,
        LiveEarnings totals) {
    static LiveCommission of(ChangedQueries.Changed now, boolean isNew, LiveEarnings totals) {
        return new LiveCommission(
                isNew ? "earned" : "changed",
                TypeId.COMMISSION.format(now.id()),
                now.programId(),
                now.status(),
                new Money(now.amountMinor(), now.currency()),
                now.source(),
                now.conversionId(),
                now.earnedAt(),
                totals.covers(now.earnedAt()),
                totals);
    }
}
