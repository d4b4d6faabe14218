package dev.tributary.link;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads link targets from PostgreSQL: all of them page by page, those that changed, or one by its code. */
@ApplicationScoped
class LinkTargets {
    /** Rows a query: some 300 bytes each, so about three megabytes in flight. */
    static final int PAGE = 10_000;

    private static final String COLUMNS =
            """
            SELECT l.id, l.code_key, l.affiliate_id, l.destination, l.src, l.sub1, l.sub2, l.sub3, l.sub4, l.sub5,
                   l.expires_at, e.referral_code,
                   coalesce(nullif(c.utm_campaign, ''), e.referral_code) AS utm_campaign, p.id AS program_id, p.landing_url, p.allowed_hosts, p.utm_source,
                   p.window_days, p.honor_gpc,
                   l.status = 'active' AND e.status = 'active' AND a.status = 'active' AND p.active AS credited,
                   greatest(l.version, e.version, a.version, p.version) AS version
              FROM link l
              JOIN enrollment e ON e.id = l.enrollment_id
              JOIN affiliate a ON a.id = l.affiliate_id
              JOIN program p ON p.id = l.program_id
              LEFT JOIN campaign c ON c.id = l.campaign_id
            """;
    private static final String ALL_AFTER = COLUMNS + " WHERE l.id > $1 ORDER BY l.id LIMIT $2";
    private static final String BY_CODE = COLUMNS + " WHERE l.code_key = $1";
    private static final String CHANGED = COLUMNS
            + """
             WHERE l.id IN (SELECT id FROM link WHERE version > $1
                            UNION SELECT id FROM link WHERE enrollment_id IN (SELECT id FROM enrollment WHERE version > $1)
                            UNION SELECT id FROM link WHERE affiliate_id IN (SELECT id FROM affiliate WHERE version > $1)
                            UNION SELECT id FROM link WHERE program_id IN (SELECT id FROM program WHERE version > $1))
               AND l.id > $2
             ORDER BY l.id LIMIT $3
            """;
    private static final String VERSION = "SELECT last_value FROM change_version";

    private final Transactions transactions;

    LinkTargets(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The next page in id order, after the id given. */
    Uni<List<LinkTarget>> page(UUID after) {
        return query(ALL_AFTER, Tuple.of(after, PAGE));
    }

    /** The next page of those whose link, enrollment, affiliate or program has a version above the one given. */
    Uni<List<LinkTarget>> changed(long since, UUID after) {
        return query(CHANGED, Tuple.of(since, after, PAGE));
    }

    Uni<Optional<LinkTarget>> byCode(String codeKey) {
        return query(BY_CODE, Tuple.of(codeKey)).map(found -> found.stream().findFirst());
    }

    /** The newest version given out; those of running transactions may still appear below it. */
    Uni<Long> version() {
        return transactions
                .read(connection -> connection.query(VERSION).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<List<LinkTarget>> query(String sql, Tuple arguments) {
        return transactions
                .read(connection -> connection.preparedQuery(sql).execute(arguments))
                .map(LinkTargets::read);
    }

    private static List<LinkTarget> read(RowSet<Row> rows) {
        List<LinkTarget> targets = new ArrayList<>(rows.size());
        for (Row row : rows) targets.add(read(row));
        return targets;
    }

    private static LinkTarget read(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new LinkTarget(
                row.getUUID("id"),
                row.getString("code_key"),
                row.getUUID("affiliate_id"),
                row.getString("referral_code"),
                row.getString("utm_campaign"),
                row.getString("destination"),
                row.getString("src"),
                List.of(
                        row.getString("sub1"),
                        row.getString("sub2"),
                        row.getString("sub3"),
                        row.getString("sub4"),
                        row.getString("sub5")),
                row.getBoolean("credited"),
                expiresAt == null ? Long.MAX_VALUE : expiresAt.toInstant().toEpochMilli(),
                new ProgramTarget(
                        row.getUUID("program_id"),
                        row.getString("landing_url"),
                        List.of(row.getArrayOfStrings("allowed_hosts")),
                        row.getString("utm_source"),
                        row.getInteger("window_days"),
                        row.getBoolean("honor_gpc")));
    }
}
