package dev.tributary.analytics.export;

import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads exports slice by slice. No connection is kept between two slices: whoever reads slowly keeps nobody waiting. */
@ApplicationScoped
class ExportQueries {
    /** The next hour in which the rollup has clicks of the affiliate in the program of an enrollment. */
    private static final String NEXT_HOUR =
            """
            SELECT min(h.hour) AS hour
              FROM enrollment e
              JOIN click_hourly h ON h.affiliate_id = e.affiliate_id AND h.program_id = e.program_id
             WHERE e.id = $1 AND h.hour >= $2 AND h.hour <= $3
            """;

    private final Transactions transactions;

    ExportQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The next rows, which may be none though there are more; moves the progress on. */
    Uni<List<@Nullable Object[]>> next(Progress progress) {
        if (progress.done()) return Uni.createFrom().item(List.of());
        return transactions.read(c ->
                progress.dataset.walk() == Dataset.Walk.HOURS ? hour(c, progress) : slice(c, progress, progress.last));
    }

    private static Uni<List<@Nullable Object[]>> hour(SqlConnection c, Progress progress) {
        Instant from = Ids.timeOf(progress.after()).truncatedTo(ChronoUnit.HOURS);
        Tuple asked = Tuple.of(progress.owner, utc(from), utc(Ids.timeOf(progress.last)));
        return c.preparedQuery(NEXT_HOUR).execute(asked).chain(found -> {
            OffsetDateTime hour = found.iterator().next().getOffsetDateTime("hour");
            if (hour == null) {
                progress.end();
                return Uni.createFrom().item(List.of());
            }
            UUID end = Bounds.below(hour.toInstant().plus(Duration.ofHours(1)));
            progress.skipTo(Bounds.below(hour.toInstant()));
            return slice(c, progress, Bounds.isBelow(end, progress.last) ? end : progress.last);
        });
    }

    /** The rows up to an id, or the first of them. */
    private static Uni<List<@Nullable Object[]>> slice(SqlConnection c, Progress progress, UUID upTo) {
        Dataset dataset = progress.dataset;
        Tuple range = Tuple.of(progress.after(), upTo, progress.owner, (long) dataset.walk().rows - 1);
        return c.preparedQuery(dataset.edge()).execute(range).chain(edge -> {
            UUID end = edge.size() == 0 ? upTo : edge.iterator().next().getUUID("id");
            return c.preparedQuery(dataset.slice())
                    .execute(asked(progress, end))
                    .map(rows -> read(dataset, rows))
                    .invoke(rows -> {
                        if (!rows.isEmpty()) progress.shown(rows.size(), (String) rows.get(rows.size() - 1)[0]);
                        progress.past(end);
                    });
        });
    }

    private static Tuple asked(Progress progress, UUID end) {
        Tuple asked = Tuple.of(progress.after(), end, progress.owner);
        switch (progress.dataset.fourth()) {
            case LANDED_FROM -> asked.addOffsetDateTime(progress.landedFrom == null ? null : utc(progress.landedFrom));
            case LINE -> asked.addInteger(progress.line());
            case NOTHING -> {}
        }
        return asked;
    }

    private static List<@Nullable Object[]> read(Dataset dataset, RowSet<Row> rows) {
        List<Column> columns = dataset.columns();
        List<@Nullable Object[]> read = new ArrayList<>(rows.size());
        for (Row row : rows) {
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) values[i] = columns.get(i).read(row, i + 1);
            read.add(values);
        }
        return read;
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
