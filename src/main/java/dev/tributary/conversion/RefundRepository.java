package dev.tributary.conversion;

import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.RefundDraft.Sale;
import dev.tributary.conversion.RefundOutcome.Result;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The table {@code refund}, and what refunds change at their sales. */
@ApplicationScoped
class RefundRepository {
    private static final String LOCK_SALES =
            """
            SELECT v.id, v.program_id, v.external_id, v.kind, v.amount_minor, v.currency, v.refunded_minor, v.status
              FROM conversion v
              JOIN unnest($1::uuid[], $2::text[]) AS k (program_id, external_id)
                ON v.program_id = k.program_id AND v.external_id = k.external_id
             ORDER BY v.id
               FOR NO KEY UPDATE OF v
            """;
    /** By a statement of its own, after the lock: it sees whatever was committed before that was held. */
    private static final String DISPUTED =
            """
            SELECT conversion_id,
                   sum(CASE kind WHEN 'dispute' THEN amount_minor WHEN 'dispute_won' THEN -amount_minor ELSE 0 END)::bigint
              FROM refund WHERE conversion_id = ANY ($1::uuid[]) GROUP BY conversion_id
            """;

    private static final String KNOWN =
            """
            SELECT r.id, r.program_id, r.external_id, r.sale_external_id, r.kind, r.conversion_id, r.amount_minor,
                   coalesce(v.currency, r.currency) AS currency, v.refunded_minor, v.status
              FROM unnest($1::uuid[], $2::text[]) AS k (program_id, external_id)
              JOIN refund r ON r.program_id = k.program_id AND r.external_id = k.external_id
              LEFT JOIN conversion v ON v.id = r.conversion_id
            """;
    private static final String INSERT =
            """
            INSERT INTO refund (id, program_id, external_id, kind, sale_external_id, conversion_id, amount_minor, currency,
                   occurred_at)
            SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
                   unnest($6::uuid[]), unnest($7::bigint[]), unnest($8::text[]), unnest($9::timestamptz[])
            ON CONFLICT (program_id, external_id) DO NOTHING
            RETURNING id
            """;
    private static final String APPLY =
            """
            UPDATE conversion v SET refunded_minor = v.refunded_minor + c.change, status = c.status
              FROM (SELECT id, sum(change)::bigint AS change, (array_agg(status ORDER BY place DESC))[1] AS status
                      FROM unnest($1::uuid[], $2::bigint[], $3::text[]) WITH ORDINALITY AS t (id, change, status, place)
                     GROUP BY id) AS c
             WHERE v.id = c.id
            """;
    private static final String WAITING =
            """
            SELECT r.id, r.program_id, r.external_id, r.sale_external_id, r.kind, r.amount_minor, r.currency, r.occurred_at
              FROM refund r
            """;
    private static final String LOCK_WAITING = WAITING
            + """
              JOIN unnest($1::uuid[], $2::text[]) AS k (program_id, external_id)
                ON r.program_id = k.program_id AND r.sale_external_id = k.external_id
             WHERE r.conversion_id IS NULL
             ORDER BY r.id
               FOR NO KEY UPDATE OF r
            """;
    /** A sale told later looks for its refunds itself; this is for the two that did not see each other. */
    private static final String LOCK_SOME_WAITING = WAITING
            + """
              JOIN conversion v ON v.program_id = r.program_id AND v.external_id = r.sale_external_id
             WHERE r.conversion_id IS NULL AND r.created_at > now() - interval '1 hour'
             ORDER BY r.id LIMIT $1
               FOR NO KEY UPDATE OF r SKIP LOCKED
            """;

    private static final String FOUND =
            """
            UPDATE refund r SET conversion_id = f.sale, amount_minor = f.minor, currency = f.currency
              FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[]) AS f (id, sale, minor, currency)
             WHERE r.id = f.id
            """;

    /** The sales as they are, locked in the order of their ids. */
    Uni<Map<EventKey, Sale>> lockSales(SqlConnection tx, Set<EventKey> keys) {
        return tx.preparedQuery(LOCK_SALES).execute(asked(keys)).chain(rows -> {
            UUID[] ids = new UUID[rows.size()];
            int i = 0;
            for (Row row : rows) ids[i++] = row.getUUID("id");
            return tx.preparedQuery(DISPUTED).execute(Tuple.of(ids)).map(disputes -> sales(rows, disputes));
        });
    }

    private static Map<EventKey, Sale> sales(RowSet<Row> rows, RowSet<Row> disputes) {
        Map<UUID, Long> disputed = new HashMap<>();
        for (Row row : disputes) disputed.put(row.getUUID(0), row.getLong(1));
        Map<EventKey, Sale> sales = new HashMap<>();
        for (Row row : rows) {
            UUID id = row.getUUID("id");
            EventKey key = new EventKey(row.getUUID("program_id"), row.getString("external_id"));
            sales.put(
                    key,
                    new Sale(
                            id,
                            key,
                            Kind.of(row.getString("kind")),
                            new Money(row.getLong("amount_minor"), row.getString("currency")),
                            row.getLong("refunded_minor"),
                            disputed.getOrDefault(id, 0L),
                            Status.of(row.getString("status"))));
        }
        return sales;
    }

    Uni<Map<EventKey, RefundOutcome>> known(SqlConnection tx, Set<EventKey> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(Map.of());
        return tx.preparedQuery(KNOWN).execute(asked(keys)).map(rows -> {
            Map<EventKey, RefundOutcome> known = new HashMap<>();
            for (Row row : rows)
                known.put(new EventKey(row.getUUID("program_id"), row.getString("external_id")), outcome(row));
            return known;
        });
    }

    private static RefundOutcome outcome(Row row) {
        String status = row.getString("status");
        return new RefundOutcome(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("external_id"),
                row.getString("sale_external_id"),
                RefundKind.of(row.getString("kind")),
                Result.REPEATED,
                row.getUUID("conversion_id"),
                money(row, "amount_minor"),
                money(row, "refunded_minor"),
                status == null ? null : Status.of(status));
    }

    private static @Nullable Money money(Row row, String column) {
        Long minor = row.getLong(column);
        return minor == null ? null : new Money(minor, row.getString("currency"));
    }

    /** Answers the ids of those that nobody else stored first. */
    Uni<Set<UUID>> insert(SqlConnection tx, List<RefundDraft> drafts) {
        if (drafts.isEmpty()) return Uni.createFrom().item(Set.of());
        Tuple columns = Tuple.tuple()
                .addValue(column(drafts, RefundDraft::id, UUID[]::new))
                .addValue(column(drafts, d -> d.told().programId(), UUID[]::new))
                .addValue(column(drafts, d -> d.told().externalId(), String[]::new))
                .addValue(column(drafts, d -> d.told().kind().word(), String[]::new))
                .addValue(column(drafts, d -> d.told().saleExternalId(), String[]::new))
                .addValue(column(drafts, d -> d.sale() == null ? null : d.sale().id(), UUID[]::new))
                .addValue(column(drafts, RefundRepository::minor, Long[]::new))
                .addValue(column(drafts, RefundRepository::currency, String[]::new))
                .addValue(column(drafts, d -> d.told().occurredAt().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new));
        return tx.preparedQuery(INSERT).execute(columns).map(rows -> {
            Set<UUID> made = new HashSet<>();
            for (Row row : rows) made.add(row.getUUID(0));
            return made;
        });
    }

    private static @Nullable Long minor(RefundDraft draft) {
        if (draft.sale() != null) return draft.minor();
        Money told = draft.told().amount();
        return told == null ? null : told.amount();
    }

    private static @Nullable String currency(RefundDraft draft) {
        if (draft.sale() != null) return draft.sale().amount().currency();
        Money told = draft.told().amount();
        return told == null ? null : told.currency();
    }

    /** Brings the sales, which are locked, to where the last of their refunds leaves them. */
    Uni<Void> apply(SqlConnection tx, List<RefundDraft> booked) {
        Tuple columns = Tuple.of(
                column(booked, d -> d.known().id(), UUID[]::new),
                column(booked, RefundDraft::change, Long[]::new),
                column(booked, d -> d.known().status().word(), String[]::new));
        return tx.preparedQuery(APPLY).execute(columns).replaceWithVoid();
    }

    /** Refunds that wait for these sales, locked, oldest first. */
    Uni<Map<UUID, IncomingRefund>> lockWaiting(SqlConnection tx, Collection<EventKey> sales) {
        return tx.preparedQuery(LOCK_WAITING).execute(asked(sales)).map(RefundRepository::waiting);
    }

    /** Refunds whose sale is there, locked, oldest first. */
    Uni<Map<UUID, IncomingRefund>> lockWaiting(SqlConnection tx, int limit) {
        return tx.preparedQuery(LOCK_SOME_WAITING).execute(Tuple.of(limit)).map(RefundRepository::waiting);
    }

    private static Map<UUID, IncomingRefund> waiting(RowSet<Row> rows) {
        Map<UUID, IncomingRefund> waiting = new LinkedHashMap<>();
        for (Row row : rows)
            waiting.put(
                    row.getUUID("id"),
                    new IncomingRefund(
                            row.getUUID("program_id"),
                            RefundKind.of(row.getString("kind")),
                            row.getString("external_id"),
                            row.getString("sale_external_id"),
                            money(row, "amount_minor"),
                            row.getOffsetDateTime("occurred_at").toInstant()));
        return waiting;
    }

    /** They wait no more. */
    Uni<Void> found(SqlConnection tx, List<RefundDraft> booked) {
        if (booked.isEmpty()) return Uni.createFrom().voidItem();
        Tuple columns = Tuple.of(
                column(booked, RefundDraft::id, UUID[]::new),
                column(booked, d -> d.known().id(), UUID[]::new),
                column(booked, RefundDraft::minor, Long[]::new),
                column(booked, d -> d.known().amount().currency(), String[]::new));
        return tx.preparedQuery(FOUND).execute(columns).replaceWithVoid();
    }

    private static Tuple asked(Collection<EventKey> keys) {
        return Tuple.of(
                keys.stream().map(EventKey::programId).toArray(UUID[]::new),
                keys.stream().map(EventKey::externalId).toArray(String[]::new));
    }

    private static <T> T[] column(
            List<RefundDraft> drafts, Function<RefundDraft, @Nullable T> value, IntFunction<T[]> array) {
        return drafts.stream().map(value).toArray(array);
    }
}
