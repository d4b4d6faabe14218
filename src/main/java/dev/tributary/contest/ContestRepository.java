package dev.tributary.contest;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code contest}. */
@ApplicationScoped
class ContestRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, name, description, metric, starts_at, ends_at, grace_hours, minimum_clicks, tie_rule,
                   currency, prizes, banner, canceled_at, settled_at, as_of, ranked, created_at, updated_at
              FROM contest
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3)
               AND ($4::text IS NULL
                    OR $4 = CASE WHEN canceled_at IS NOT NULL THEN 'canceled' WHEN settled_at IS NOT NULL THEN 'settled'
                                 WHEN starts_at > $5 THEN 'upcoming' WHEN ends_at > $5 THEN 'active' ELSE 'ended' END)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String OPEN =
            """
            SELECT count(*) FROM contest WHERE program_id = $1 AND settled_at IS NULL AND canceled_at IS NULL
            """;
    /** Those that have begun and are not decided. */
    private static final String DUE =
            """
            SELECT id FROM contest
             WHERE starts_at <= $1 AND settled_at IS NULL AND canceled_at IS NULL AND id > $2
             ORDER BY id LIMIT $3
            """;
    /** What an affiliate may still care for: going on, to come, or over for no more than ninety days. */
    private static final String OF_AFFILIATE = COLUMNS
            + """
             WHERE canceled_at IS NULL AND ends_at > $3::timestamptz - interval '90 days'
               AND program_id IN (SELECT e.program_id FROM enrollment e
                                   WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2))
             ORDER BY (ends_at <= $3), abs(extract(epoch FROM ends_at - $3)), id LIMIT $4
            """;

    private static final String INSERT =
            """
            INSERT INTO contest (id, program_id, currency, created_at, name, description, metric, starts_at, ends_at,
                                 grace_hours, minimum_clicks, tie_rule, prizes, banner, canceled_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;
    private static final String UPDATE =
            """
            UPDATE contest
               SET name = $2, description = $3, metric = $4, starts_at = $5, ends_at = $6, grace_hours = $7,
                   minimum_clicks = $8, tie_rule = $9, prizes = $10, banner = $11, canceled_at = $12, updated_at = $13
             WHERE id = $1
            """;
    private static final String DELETE = "DELETE FROM contest WHERE id = $1";

    private final Transactions transactions;

    ContestRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<List<Contest>> list(UUID before, int limit, @Nullable UUID programId, @Nullable String status, Instant now) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, status, at(now))))
                .map(ContestRepository::read);
    }

    Uni<List<Contest>> ofAffiliate(
            SqlConnection c, UUID affiliateId, @Nullable UUID programId, Instant now, int limit) {
        return c.preparedQuery(OF_AFFILIATE)
                .execute(Tuple.of(affiliateId, programId, at(now), limit))
                .map(ContestRepository::read);
    }

    Uni<Optional<Contest>> find(SqlConnection c, UUID id) {
        return one(c, FIND, id);
    }

    Uni<Optional<Contest>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<Contest>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Long> countOpen(SqlConnection tx, UUID programId) {
        return tx.preparedQuery(OPEN)
                .execute(Tuple.of(programId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<List<UUID>> due(SqlConnection c, Instant now, UUID after, int limit) {
        return c.preparedQuery(DUE).execute(Tuple.of(at(now), after, limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList());
    }

    Uni<Void> insert(SqlConnection tx, Contest c) {
        return tx.preparedQuery(INSERT)
                .execute(changing(Tuple.of(c.id(), c.programId(), c.currency(), at(c.createdAt())), c))
                .replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, Contest c) {
        return tx.preparedQuery(UPDATE).execute(changing(Tuple.of(c.id()), c)).replaceWithVoid();
    }

    Uni<Void> delete(SqlConnection tx, UUID id) {
        return tx.preparedQuery(DELETE).execute(Tuple.of(id)).replaceWithVoid();
    }

    private static Tuple changing(Tuple row, Contest c) {
        return row.addString(c.name())
                .addString(c.description())
                .addString(c.metric().word())
                .addOffsetDateTime(at(c.startsAt()))
                .addOffsetDateTime(at(c.endsAt()))
                .addInteger(c.graceHours())
                .addInteger(c.minimumClicks())
                .addString(c.tieRule().word())
                .addJsonArray(json(c.prizes()))
                .addJsonObject(json(c.banner()))
                .addOffsetDateTime(c.canceledAt() == null ? null : at(c.canceledAt()))
                .addOffsetDateTime(at(c.updatedAt()));
    }

    private static JsonArray json(List<Prize> prizes) {
        JsonArray array = new JsonArray();
        prizes.forEach(prize ->
                array.add(new JsonObject().put("amount", prize.amountMinor()).put("description", prize.description())));
        return array;
    }

    private static JsonObject json(Banner banner) {
        return new JsonObject()
                .put("title", banner.title())
                .put("text", banner.text())
                .put("imageUrl", banner.imageUrl())
                .put("linkUrl", banner.linkUrl());
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static List<Contest> read(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ContestRepository::read)
                .toList();
    }

    private static Contest read(Row row) {
        return new Contest(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("name"),
                row.getString("description"),
                Metric.of(row.getString("metric")),
                row.getOffsetDateTime("starts_at").toInstant(),
                row.getOffsetDateTime("ends_at").toInstant(),
                row.getInteger("grace_hours"),
                row.getInteger("minimum_clicks"),
                TieRule.of(row.getString("tie_rule")),
                row.getString("currency"),
                prizes((JsonArray) row.getValue("prizes")),
                banner((JsonObject) row.getValue("banner")),
                time(row, "canceled_at"),
                time(row, "settled_at"),
                time(row, "as_of"),
                row.getInteger("ranked"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static List<Prize> prizes(JsonArray array) {
        return IntStream.range(0, array.size())
                .mapToObj(array::getJsonObject)
                .map(prize -> new Prize(prize.getLong("amount"), prize.getString("description")))
                .toList();
    }

    private static Banner banner(JsonObject json) {
        return new Banner(
                json.getString("title", ""),
                json.getString("text", ""),
                json.getString("imageUrl", ""),
                json.getString("linkUrl", ""));
    }

    private static @Nullable Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
