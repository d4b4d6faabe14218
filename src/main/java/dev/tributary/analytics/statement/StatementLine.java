package dev.tributary.analytics.statement;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One month of one affiliate in one program, in one currency: what there was at its beginning and at its end. */
@Schema(name = "StatementListRow")
record StatementLine(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Europe/Berlin", description = "Where the month begins and ends") String timeZone,
        @Schema(examples = "2026-03") String month,
        @Schema(description = "Whether the month is over: then this never changes") boolean closed,
        @Schema(examples = "EUR", description = "ISO 4217") String currency,
        @Schema(examples = "12", description = "How many entries were booked") long entries,
        Holdings opening,
        Holdings closing) {
    static final Csv<StatementLine> CSV = new Csv<>(
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

    /**
     * A line with its place in the list.
     *
     * @param id made of the month and the currency's place in it, so that a later month, and of one month the currency that is
     *     shown first, is above
     */
    record Placed(UUID id, StatementLine line) {}

    /**
     * Newest first, those that had something.
     *
     * @param months in their order, each the time of that number in the movements
     */
    static List<Placed> of(Account account, List<Statement.Month> months, List<Movements> all) {
        List<Placed> lines = new ArrayList<>();
        for (int time = 1; time <= months.size(); time++)
            for (int place = 0; place < all.size(); place++) {
                StatementLine line = of(account, months.get(time - 1), all.get(place), time);
                if (line.entries > 0 || !line.opening.equals(Holdings.NOTHING))
                    lines.add(new Placed(id(months.get(time - 1), all.size() - 1 - place), line));
            }
        lines.sort(Comparator.comparing(Placed::id).reversed());
        return lines;
    }

    private static StatementLine of(Account account, Statement.Month month, Movements each, int time) {
        return new StatementLine(
                TypeId.PROGRAM.format(account.programId()),
                account.zone().getId(),
                month.of().toString(),
                month.closed(),
                each.currency(),
                each.entries(time),
                each.opening(time),
                each.closing(time));
    }

    private static UUID id(Statement.Month month, int above) {
        UUID floor = Ids.floor(month.from());
        return new UUID(floor.getMostSignificantBits(), floor.getLeastSignificantBits() + above);
    }
}
