package dev.tributary.conversion;

import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the intake reads and writes of the table {@code conversion}: a whole batch by each statement. */
@ApplicationScoped
class IntakeRepository {
    private static final String KNOWN =
            """
            SELECT v.id, v.program_id, v.external_id, v.kind, v.amount_minor, v.currency, v.status, v.reason_code, v.decision
              FROM unnest($1::uuid[], $2::text[]) AS k (program_id, external_id)
              JOIN conversion v ON v.program_id = k.program_id AND v.external_id = k.external_id
            """;
    private static final String TERMS =
            """
            SELECT id, currency, active, window_days, hold_days FROM program WHERE id = ANY ($1::uuid[])
            """;
    /**
     * In the order of their keys, as every batch does. {@code unnest} in the select list keeps that order; as one
     * {@code FROM unnest(...)} each column would be copied through a store of its own.
     */
    private static final String INSERT =
            """
            WITH made AS (
              INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src, click_id,
                     amount_minor, currency, status, occurred_at, door, customer_external_id, lines, visitor_id, promo_code,
                     named_affiliate_id, buyer, details, reason_code, decision, waiting_until)
              SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::uuid[]),
                     unnest($6::uuid[]), unnest($7::uuid[]), unnest($8::text[]), unnest($9::uuid[]), unnest($10::bigint[]),
                     unnest($11::text[]), unnest($12::text[]), unnest($13::timestamptz[]), unnest($14::text[]),
                     unnest($15::text[]), unnest($16::jsonb[]), unnest($17::uuid[]), unnest($18::text[]),
                     unnest($19::uuid[]), unnest($20::jsonb[]), unnest($21::jsonb[]), unnest($22::text[]),
                     unnest($23::integer[]), unnest($24::timestamptz[])
              ON CONFLICT (program_id, external_id) DO NOTHING
              RETURNING id, status
            ), due AS (
              INSERT INTO conversion_due (conversion_id) SELECT id FROM made WHERE status = 'accepted'
            )
            SELECT id FROM made
            """;

    private static final String REJECT =
            """
            WITH refused AS (
              UPDATE conversion v
                 SET status = 'rejected', reason_code = r.reason, enrollment_id = NULL, affiliate_id = NULL, link_id = NULL,
                     src = '', waiting_until = NULL
                FROM unnest($1::uuid[], $2::text[]) AS r (id, reason) WHERE v.id = r.id
            )
            DELETE FROM conversion_due WHERE conversion_id = ANY ($1::uuid[])
            """;

    private final Credits credits;

    IntakeRepository(Credits credits) {
        this.credits = credits;
    }

    /** Those of the events that are stored already, with who is credited. */
    Uni<Map<EventKey, Known>> known(SqlConnection tx, Collection<EventKey> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(Map.of());
        Tuple asked = Tuple.of(
                keys.stream().map(EventKey::programId).toArray(UUID[]::new),
                keys.stream().map(EventKey::externalId).toArray(String[]::new));
        return tx.preparedQuery(KNOWN).execute(asked).chain(rows -> credited(tx, rows));
    }

    private Uni<Map<EventKey, Known>> credited(SqlConnection tx, RowSet<Row> rows) {
        List<UUID> ids = list(rows, row -> row.getUUID("id"));
        return credits.of(tx, ids).map(byId -> {
            Map<EventKey, Known> known = new HashMap<>();
            for (Known found : list(rows, row -> known(row, byId))) known.put(found.key(), found);
            return known;
        });
    }

    private static Known known(Row row, Map<UUID, List<Credit>> credits) {
        UUID id = row.getUUID("id");
        String reason = row.getString("reason_code");
        return new Known(
                id,
                new EventKey(row.getUUID("program_id"), row.getString("external_id")),
                Kind.of(row.getString("kind")),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                Status.of(row.getString("status")),
                reason == null ? null : Reason.of(reason),
                row.getInteger("decision"),
                credits.getOrDefault(id, List.of()));
    }

    Uni<Map<UUID, Terms>> terms(SqlConnection tx, Set<UUID> programs) {
        return tx.preparedQuery(TERMS)
                .execute(Tuple.of(programs.toArray(UUID[]::new)))
                .map(rows -> list(rows, IntakeRepository::terms).stream()
                        .collect(Collectors.toMap(Terms::programId, Function.identity())));
    }

    private static Terms terms(Row row) {
        return new Terms(
                row.getUUID("id"),
                row.getString("currency"),
                row.getBoolean("active"),
                row.getInteger("window_days"),
                row.getInteger("hold_days"));
    }

    /** Stores those whose event nobody else stored first, and makes the accepted ones due; answers their ids. */
    Uni<Set<UUID>> insert(SqlConnection tx, List<Draft> drafts) {
        return tx.preparedQuery(INSERT)
                .execute(DraftColumns.of(drafts))
                .map(rows -> Set.copyOf(list(rows, row -> row.getUUID(0))));
    }

    /** Takes back what this transaction has just accepted. */
    Uni<Void> reject(SqlConnection tx, List<Draft> refused) {
        if (refused.isEmpty()) return Uni.createFrom().voidItem();
        Tuple row = Tuple.of(
                refused.stream().map(Draft::id).toArray(UUID[]::new),
                refused.stream().map(draft -> draft.reasonWord()).toArray(String[]::new));
        return tx.preparedQuery(REJECT).execute(row).replaceWithVoid();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }
}
