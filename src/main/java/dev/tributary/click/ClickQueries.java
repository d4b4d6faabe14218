package dev.tributary.click;

import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What staff read of clicks: rows by id and time, sums from the hourly rollup. Rows are always asked for by a range of
 * ids, so PostgreSQL opens only the partitions of those days.
 */
@ApplicationScoped
class ClickQueries {
    private static final String COLUMNS =
            """
            SELECT id, clicked_at, landed_at, link_id, program_id, affiliate_id, visitor_id, origin, traffic, visit, credited,
                   flood, ip_prefix, country, device, os, browser, referrer_host, landing_page, src, sub1, sub2, sub3, sub4,
                   sub5, external_click_id, fetch_dest, fetch_mode, fetch_site, ad_params
              FROM click
            """;
    static final String FIND = COLUMNS + " WHERE id = $1";
    static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND id >= $3 AND id < $4
               AND ($5::uuid IS NULL OR program_id = $5) AND ($6::uuid IS NULL OR affiliate_id = $6)
               AND ($7::uuid IS NULL OR link_id = $7) AND ($8::text IS NULL OR traffic = $8)
               AND ($9::text IS NULL OR visit = $9) AND ($10::boolean IS NULL OR credited = $10)
             ORDER BY id DESC LIMIT $2
            """;
    /** Sums of everything stand in every row, so that a cut list still tells them. */
    private static final String REPORT =
            """
            WITH grouped AS (
                SELECT %s AS key, sum(clicks)::bigint AS clicks, sum(uniques)::bigint AS uniques,
                       sum(duplicates)::bigint AS duplicates, sum(unverified)::bigint AS unverified,
                       sum(bots)::bigint AS bots, sum(prefetches)::bigint AS prefetches, sum(heads)::bigint AS heads
                  FROM click_hourly
                 WHERE hour >= $1 AND hour < $2
                   AND ($3::uuid IS NULL OR program_id = $3) AND ($4::uuid IS NULL OR affiliate_id = $4)
                   AND ($5::uuid IS NULL OR link_id = $5) AND $6::text IS NOT NULL
                 GROUP BY 1)
            SELECT g.key, %s AS label, clicks, uniques, duplicates, unverified, bots, prefetches, heads,
                   (sum(clicks) OVER ())::bigint AS all_clicks, (sum(uniques) OVER ())::bigint AS all_uniques,
                   (sum(duplicates) OVER ())::bigint AS all_duplicates,
                   (sum(unverified) OVER ())::bigint AS all_unverified, (sum(bots) OVER ())::bigint AS all_bots,
                   (sum(prefetches) OVER ())::bigint AS all_prefetches, (sum(heads) OVER ())::bigint AS all_heads,
                   count(*) OVER () AS groups
              FROM grouped g %s
             ORDER BY %s LIMIT $7
            """;

    private final Transactions transactions;

    ClickQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list of clicks is narrowed to; null = not. The moments bound it always. */
    record Filter(
            Instant from,
            Instant to,
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable UUID linkId,
            @Nullable String traffic,
            @Nullable String visit,
            @Nullable Boolean credited) {}

    /** Empty where there is none, and until it has landed. */
    Uni<Optional<ClickView>> find(UUID id) {
        return transactions
                .read(connection -> connection.preparedQuery(FIND).execute(Tuple.of(id)))
                .map(rows -> clicks(rows).stream().findFirst());
    }

    Uni<List<ClickView>> list(UUID before, int limit, Filter filter) {
        Tuple asked = Tuple.tuple()
                .addUUID(before)
                .addInteger(limit)
                .addUUID(Ids.floor(filter.from))
                .addUUID(Ids.floor(filter.to))
                .addUUID(filter.programId)
                .addUUID(filter.affiliateId)
                .addUUID(filter.linkId)
                .addString(filter.traffic)
                .addString(filter.visit)
                .addBoolean(filter.credited);
        return transactions
                .read(connection -> connection.preparedQuery(LIST).execute(asked))
                .map(ClickQueries::clicks);
    }

    /** Sums by one of the rollup's own columns, at most {@code limit} rows of them. */
    Uni<ClickReport> report(ClickReport.Question question, ZoneId zone, int limit) {
        ReportBy by = question.by();
        String sql = REPORT.formatted(by.key, by.label, by.join, by.order);
        Tuple asked = Tuple.tuple()
                .addOffsetDateTime(at(question.from()))
                .addOffsetDateTime(at(question.to()))
                .addUUID(question.programId())
                .addUUID(question.affiliateId())
                .addUUID(question.linkId())
                .addString(zone.getId())
                .addInteger(limit);
        return transactions
                .read(connection -> connection.preparedQuery(sql).execute(asked))
                .map(rows -> ClickReport.of(question, zone, rows));
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static List<ClickView> clicks(RowSet<Row> rows) {
        List<ClickView> clicks = new ArrayList<>(rows.size());
        for (Row row : rows) clicks.add(ClickView.read(row));
        return clicks;
    }
}
