package dev.tributary.analytics.statement;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a table, however long: for each currency a row {@code opening}, then every entry, then for each currency a
 * row {@code closing}, which is what the rows above add up to.
 */
@ApplicationScoped
class StatementCsv {
    /** Entries a query; two pages at most are in memory. */
    private static final int PAGE = 1_000;

    private static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "entryId",
                    "bookedAt",
                    "occurredAt",
                    "kind",
                    "sourceKind",
                    "sourceId",
                    "memo",
                    "currency",
                    "pending",
                    "available",
                    "inTransit",
                    "total"),
            Line::cells);

    private final StatementQueries queries;

    StatementCsv(StatementQueries queries) {
        this.queries = queries;
    }

    /** One row: an entry, or without one the opening or the closing. */
    private record Line(String kind, String currency, Holdings amounts, @Nullable StatementEntry entry) {
        List<String> cells() {
            List<String> cells = new ArrayList<>();
            cells.add(entry == null ? "" : entry.id());
            cells.add(entry == null ? "" : entry.bookedAt().toString());
            cells.add(entry == null ? "" : entry.occurredAt().toString());
            cells.add(kind);
            cells.add(entry == null ? "" : entry.sourceKind());
            cells.add(entry == null ? "" : entry.sourceId());
            cells.add(entry == null ? "" : entry.memo());
            cells.add(currency);
            for (long amount :
                    new long[] {amounts.pending(), amounts.available(), amounts.inTransit(), amounts.total()})
                cells.add(Long.toString(amount));
            return cells;
        }
    }

    /** The rest of the statement is read as the client takes it. */
    Multi<String> rows(Opened opened) {
        Statement statement = opened.statement();
        Map<String, Holdings> held = new TreeMap<>();
        statement.currencies().forEach(part -> held.put(part.currency(), part.opening()));
        String begin = CSV.header() + CSV.rows(sums("opening", held));
        Multi<String> entries = pages(opened).map(page -> {
            for (StatementEntry each : page) held.merge(each.currency(), each.change(), Holdings::plus);
            return CSV.rows(page.stream()
                    .map(each -> new Line(each.kind(), each.currency(), each.change(), each))
                    .toList());
        });
        Multi<String> end = Multi.createFrom().item(() -> CSV.rows(sums("closing", held)));
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(begin), entries, end);
    }

    private static List<Line> sums(String kind, Map<String, Holdings> held) {
        return held.entrySet().stream()
                .map(each -> new Line(kind, each.getKey(), each.getValue(), null))
                .toList();
    }

    private Multi<List<StatementEntry>> pages(Opened opened) {
        Cursor cursor = new Cursor(StatementQueries.before(opened.statement().from()));
        return Multi.createBy()
                .repeating()
                .uni(() -> queries.entries(
                                opened.enrollmentId(),
                                cursor.after,
                                opened.statement().to(),
                                PAGE)
                        .invoke(cursor::past))
                .whilst(page -> page.size() == PAGE);
    }

    /** Where the next page begins; pages are asked for one after the other. */
    private static final class Cursor {
        private volatile UUID after;

        Cursor(UUID after) {
            this.after = after;
        }

        void past(List<StatementEntry> page) {
            if (!page.isEmpty())
                after = TypeId.ENTRY.parse(page.get(page.size() - 1).id()).orElseThrow();
        }
    }
}
