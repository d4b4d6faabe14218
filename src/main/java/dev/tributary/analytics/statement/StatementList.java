package dev.tributary.analytics.statement;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The months of one affiliate in one program that had something, newest first: one row a month and currency. */
@Schema(name = "StatementList")
record StatementList(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Europe/Berlin", description = "Where months begin and end") String timeZone,
        List<Line> data) {
    StatementList {
        data = List.copyOf(data);
    }

    /** One month in one currency. */
    @Schema(name = "StatementListRow")
    record Line(
            @Schema(examples = "2026-03") String month,
            @Schema(description = "Whether the month is over: then this never changes") boolean closed,
            @Schema(examples = "EUR", description = "ISO 4217") String currency,
            @Schema(examples = "12", description = "How many entries were booked") long entries,
            Holdings opening,
            Holdings closing) {}

    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "month",
                    "closed",
                    "currency",
                    "entries",
                    "openingPending",
                    "openingAvailable",
                    "openingInTransit",
                    "closingPending",
                    "closingAvailable",
                    "closingInTransit"),
            row -> List.of(
                    row.month(),
                    Boolean.toString(row.closed()),
                    row.currency(),
                    Long.toString(row.entries()),
                    Long.toString(row.opening().pending()),
                    Long.toString(row.opening().available()),
                    Long.toString(row.opening().inTransit()),
                    Long.toString(row.closing().pending()),
                    Long.toString(row.closing().available()),
                    Long.toString(row.closing().inTransit())));

    /** @param months in their order, each the time of that number in the movements */
    static StatementList of(Account account, List<Statement.Month> months, List<Movements> all) {
        List<Line> data = new ArrayList<>();
        for (int i = 0; i < months.size(); i++) {
            for (Movements each : all) {
                Statement.Month month = months.get(i);
                Line line = new Line(
                        month.of().toString(),
                        month.closed(),
                        each.currency(),
                        each.entries(i + 1),
                        each.opening(i + 1),
                        each.closing(i + 1));
                if (line.entries > 0 || !line.opening.equals(Holdings.NOTHING)) data.add(line);
            }
        }
        data.sort(Comparator.comparing(Line::month).reversed().thenComparing(Line::currency));
        return new StatementList(
                TypeId.PROGRAM.format(account.programId()), account.zone().getId(), data);
    }
}
