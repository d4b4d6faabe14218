package dev.tributary.click;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Clicks summed up, from the hourly rollup.
 *
 * @param data times upward, everything else from the most clicks down; days and hours without clicks have no row
 * @param totals sums of everything asked for, also of rows that were cut off
 * @param truncated whether there are more rows than shown
 */
@Schema(name = "ClickReport")
record ClickReport(
        @Schema(
                        enumeration = {"day", "hour", "link", "affiliate", "src", "country", "device"},
                        examples = "day")
                String by,
        @Schema(examples = "2026-11-01T00:00:00Z") Instant from,
        @Schema(examples = "2026-11-21T08:00:00Z") Instant to,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        List<Line> data,
        Counts totals,
        @Schema(description = "Whether there are more rows than shown") boolean truncated) {
    ClickReport {
        data = List.copyOf(data);
    }

    /** One row of a report. */
    @Schema(name = "ClickReportRow")
    record Line(
            @Schema(
                            examples = "2026-11-20",
                            description =
                                    "The day, the hour (its beginning, UTC), the id of the link or affiliate, or the text; "
                                            + "empty where it is not known")
                    String key,
            @Schema(nullable = true, examples = "SUMMER", description = "The link's code, the affiliate's name")
                    @Nullable
                    String label,
            @Schema(examples = "120", description = "People's clicks: uniques, duplicates and unverified ones")
                    long clicks,
            @Schema(examples = "100") long uniques,
            @Schema(examples = "18") long duplicates,
            @Schema(examples = "2", description = "Landed while the store of visits was away") long unverified,
            @Schema(examples = "7") long bots,
            @Schema(examples = "3") long prefetches,
            @Schema(examples = "1") long heads) {}

    /** The sums of a report. */
    @Schema(name = "ClickCounts")
    record Counts(
            @Schema(examples = "120") long clicks,
            @Schema(examples = "100") long uniques,
            @Schema(examples = "18") long duplicates,
            @Schema(examples = "2") long unverified,
            @Schema(examples = "7") long bots,
            @Schema(examples = "3") long prefetches,
            @Schema(examples = "1") long heads) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
    }

    /** What is asked: hours that begin at {@code from} or later and before {@code to}; null = not narrowed. */
    record Question(
            ReportBy by,
            Instant from,
            Instant to,
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable UUID linkId) {}

    static ClickReport of(Question question, ZoneId zone, RowSet<Row> rows) {
        List<Line> lines = new ArrayList<>(rows.size());
        Counts totals = Counts.NONE;
        long groups = 0;
        for (Row row : rows) {
            lines.add(line(question.by(), row));
            totals = totals(row);
            groups = row.getLong("groups");
        }
        return new ClickReport(
                question.by().word(),
                question.from(),
                question.to(),
                zone.getId(),
                lines,
                totals,
                groups > lines.size());
    }

    private static Line line(ReportBy by, Row row) {
        return new Line(
                by.shown.apply(row.getString("key")),
                row.getString("label"),
                row.getLong("clicks"),
                row.getLong("uniques"),
                row.getLong("duplicates"),
                row.getLong("unverified"),
                row.getLong("bots"),
                row.getLong("prefetches"),
                row.getLong("heads"));
    }

    private static Counts totals(Row row) {
        return new Counts(
                row.getLong("all_clicks"),
                row.getLong("all_uniques"),
                row.getLong("all_duplicates"),
                row.getLong("all_unverified"),
                row.getLong("all_bots"),
                row.getLong("all_prefetches"),
                row.getLong("all_heads"));
    }
}
