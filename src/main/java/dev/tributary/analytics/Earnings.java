package dev.tributary.analytics;

import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an affiliate earned, summed up by the state that the commissions are in now. Amounts are in minor units of the row's
 * currency; those of different currencies are never added.
 */
@Schema(name = "Earnings")
record Earnings(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "month", description = "day, week, month, src or link") String by,
        @Schema(examples = "2026-11-01T00:00:00Z") Instant from,
        @Schema(examples = "2026-11-21T08:00:00Z") Instant to,
        @Schema(examples = "Europe/Berlin", description = "Where days, weeks and months begin and end") String timeZone,
        List<Line> data,
        @Schema(description = "Of all rows, one for each currency") List<Line> totals,
        @Schema(description = "Whether there are more rows than shown") boolean truncated) {
    Earnings {
        data = List.copyOf(data);
        totals = List.copyOf(totals);
    }

    /** One row: a key and a currency. */
    @Schema(name = "EarningsRow")
    record Line(
            @Schema(
                            examples = "2026-11",
                            description =
                                    "The day, the week's Monday, the month, the source tag or the id of the link; "
                                            + "empty where there is none")
                    String key,
            @Schema(nullable = true, examples = "SUMMER", description = "The link's code") @Nullable String label,
            @Schema(examples = "USD", description = "ISO 4217") String currency,
            @Schema(examples = "12") long commissions,
            @Schema(examples = "5000", description = "Not payable yet") long pending,
            @Schema(examples = "2500", description = "Payable") long approved,
            @Schema(examples = "10000") long paid,
            @Schema(examples = "0", description = "Held back for a check") long held,
            @Schema(examples = "17500", description = "Pending, approved, paid and held") long earned,
            @Schema(examples = "300", description = "Rejected or reversed; not in earned") long lost) {}

    static final Csv<Line> CSV = new Csv<>(
            List.of("key", "label", "currency", "commissions", "pending", "approved", "paid", "held", "earned", "lost"),
            row -> List.of(
                    row.key(),
                    row.label() == null ? "" : row.label(),
                    row.currency(),
                    Long.toString(row.commissions()),
                    Long.toString(row.pending()),
                    Long.toString(row.approved()),
                    Long.toString(row.paid()),
                    Long.toString(row.held()),
                    Long.toString(row.earned()),
                    Long.toString(row.lost())));
}
