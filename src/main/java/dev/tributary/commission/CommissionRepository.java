package dev.tributary.commission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code commission}, as the engine writes it: by the batch. */
@ApplicationScoped
class CommissionRepository {
    static final String COLUMNS =
            """
            SELECT id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, level, decision, conversion_id,
                   amount_minor, reversed_minor, currency, status, released, paid_at, earned_at,
                   coalesce(release_at, earned_at) AS release_at, entries
              FROM commission
            """;
    private static final String OF_CONVERSIONS = COLUMNS + " WHERE conversion_id = ANY ($1::uuid[]) ORDER BY id";
    private static final String LOCK_OF_CONVERSIONS = OF_CONVERSIONS + " FOR NO KEY UPDATE";
    private static final String LOCK = COLUMNS + " WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";
    private static final String RELEASABLE = COLUMNS
            + """
             WHERE status = 'pending' AND release_at <= $1 ORDER BY release_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
            """;
    private static final String INSERT =
            """
            INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, level, decision,
                                    conversion_id, amount_minor, reversed_minor, currency, status, released, earned_at,
                                    release_at, entries, arithmetic, reason)
            SELECT id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, level, decision,
                   conversion_id, amount_minor, reversed_minor, currency, status, released, earned_at, release_at, entries,
                   arithmetic::jsonb, reason
              FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::smallint[],
                          $9::integer[], $10::uuid[], $11::bigint[], $12::bigint[], $13::text[], $14::text[], $15::boolean[],
                          $16::timestamptz[], $17::timestamptz[], $18::integer[], $19::text[], $20::text[])
                AS new (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, level, decision,
                        conversion_id, amount_minor, reversed_minor, currency, status, released, earned_at, release_at,
                        entries, arithmetic, reason)
            """;
    private static final String UPDATE =
            """
            UPDATE commission c
               SET amount_minor = n.amount_minor, reversed_minor = n.reversed_minor, status = n.status,
                   released = n.released, paid_at = n.paid_at, entries = n.entries, reason = coalesce(n.reason, c.reason)
              FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::boolean[], $6::timestamptz[], $7::integer[],
                          $8::text[])
                AS n (id, amount_minor, reversed_minor, status, released, paid_at, entries, reason)
             WHERE c.id = n.id
            """;
    private static final String ARITHMETIC =
            """
            SELECT id, arithmetic FROM commission WHERE id = ANY ($1::uuid[]) AND arithmetic IS NOT NULL
            """;

    private final ObjectMapper mapper;

    CommissionRepository(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** All of these conversions' commissions, of every decision and level; locked unless they are only looked at. */
    Uni<List<Commission>> of(SqlConnection tx, List<UUID> conversions, boolean lock) {
        return tx.preparedQuery(lock ? LOCK_OF_CONVERSIONS : OF_CONVERSIONS)
                .execute(Tuple.of(conversions.toArray(UUID[]::new)))
                .map(CommissionRepository::read);
    }

    Uni<List<Commission>> lock(SqlConnection tx, List<UUID> ids) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(CommissionRepository::read);
    }

    /** Those whose hold period is over, the longest first, locked; those that are locked are left for the next time. */
    Uni<List<Commission>> lockReleasable(SqlConnection tx, Instant now, int limit) {
        return tx.preparedQuery(RELEASABLE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), limit))
                .map(CommissionRepository::read);
    }

    /** @param arithmetic of each, where it has one */
    Uni<Void> insert(
            SqlConnection tx, List<Commission> made, Map<UUID, Arithmetic> arithmetic, @Nullable String reason) {
        if (made.isEmpty()) return Uni.createFrom().voidItem();
        Tuple rows = Tuple.tuple()
                .addArrayOfUUID(column(made, Commission::id, UUID[]::new))
                .addArrayOfUUID(column(made, Commission::programId, UUID[]::new))
                .addArrayOfUUID(column(made, c -> c.member().enrollmentId(), UUID[]::new))
                .addArrayOfUUID(column(made, c -> c.member().affiliateId(), UUID[]::new))
                .addArrayOfString(column(made, c -> c.source().kind(), String[]::new))
                .addArrayOfUUID(column(made, c -> c.source().id(), UUID[]::new))
                .addArrayOfString(column(made, Commission::rule, String[]::new))
                .addArrayOfShort(column(made, c -> (short) c.level(), Short[]::new))
                .addArrayOfInteger(column(made, Commission::decision, Integer[]::new))
                .addArrayOfUUID(column(made, Commission::conversionId, UUID[]::new))
                .addArrayOfLong(column(made, Commission::amountMinor, Long[]::new))
                .addArrayOfLong(column(made, Commission::reversedMinor, Long[]::new))
                .addArrayOfString(column(made, Commission::currency, String[]::new))
                .addArrayOfString(column(made, c -> c.status().word(), String[]::new))
                .addArrayOfBoolean(column(made, Commission::released, Boolean[]::new))
                .addArrayOfOffsetDateTime(column(made, c -> at(c.earnedAt()), OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(column(made, c -> at(c.releaseAt()), OffsetDateTime[]::new))
                .addArrayOfInteger(column(made, Commission::entries, Integer[]::new))
                .addArrayOfString(column(made, c -> json(arithmetic.get(c.id())), String[]::new))
                .addArrayOfString(column(made, c -> reason, String[]::new));
        return tx.preparedQuery(INSERT).execute(rows).replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, List<Commission> changed, @Nullable String reason) {
        if (changed.isEmpty()) return Uni.createFrom().voidItem();
        Tuple rows = Tuple.tuple()
                .addArrayOfUUID(column(changed, Commission::id, UUID[]::new))
                .addArrayOfLong(column(changed, Commission::amountMinor, Long[]::new))
                .addArrayOfLong(column(changed, Commission::reversedMinor, Long[]::new))
                .addArrayOfString(column(changed, c -> c.status().word(), String[]::new))
                .addArrayOfBoolean(column(changed, Commission::released, Boolean[]::new))
                .addArrayOfOffsetDateTime(column(changed, c -> at(c.paidAt()), OffsetDateTime[]::new))
                .addArrayOfInteger(column(changed, Commission::entries, Integer[]::new))
                .addArrayOfString(column(changed, c -> reason, String[]::new));
        return tx.preparedQuery(UPDATE).execute(rows).replaceWithVoid();
    }

    /** How these came to their amounts. */
    Uni<Map<UUID, Arithmetic>> arithmetic(SqlConnection c, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().item(Map.of());
        return c.preparedQuery(ARITHMETIC)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(java.util.stream.Collectors.toMap(
                                row -> row.getUUID("id"),
                                row -> arithmetic(
                                        row.getJsonObject("arithmetic").encode()))));
    }

    Arithmetic arithmetic(String json) {
        try {
            return mapper.readValue(json, Arithmetic.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An arithmetic cannot be read", e);
        }
    }

    private @Nullable String json(@Nullable Arithmetic arithmetic) {
        try {
            return arithmetic == null ? null : mapper.writeValueAsString(arithmetic);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An arithmetic cannot be written", e);
        }
    }

    private static <T> T[] column(
            List<Commission> rows, Function<Commission, @Nullable T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    static List<Commission> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(CommissionRepository::read)
                .toList();
    }

    static Commission read(Row row) {
        OffsetDateTime paid = row.getOffsetDateTime("paid_at");
        return new Commission(
                row.getUUID("id"),
                row.getUUID("program_id"),
                new Party.Member(row.getUUID("enrollment_id"), row.getUUID("affiliate_id")),
                new Commission.Source(row.getString("source_kind"), row.getUUID("source_id")),
                row.getString("rule"),
                row.getInteger("level"),
                row.getInteger("decision"),
                row.getUUID("conversion_id"),
                row.getLong("amount_minor"),
                row.getLong("reversed_minor"),
                row.getString("currency"),
                Status.of(row.getString("status")),
                row.getBoolean("released"),
                paid == null ? null : paid.toInstant(),
                row.getOffsetDateTime("earned_at").toInstant(),
                row.getOffsetDateTime("release_at").toInstant(),
                row.getInteger("entries"));
    }
}
