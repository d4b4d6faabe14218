package dev.tributary.payout.reconcile;

import dev.tributary.id.Ids;
import dev.tributary.payout.rail.Listing.Listed;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.payout.reconcile.Difference.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads payouts beside a provider's list, and keeps the table {@code reconcile_item}. */
@ApplicationScoped
class ReconcileRepository {
    private static final String KNOWN =
            """
            SELECT l.transfer_id AS listed, p.id, p.state, p.gross_minor - p.fee_minor - p.withheld_minor AS net_minor, p.currency,
                   p.overpaid_minor, t.status, t.moved_minor, t.currency AS told_currency, t.reversed_minor, t.code, t.as_of
              FROM unnest($2::text[], $3::uuid[]) AS l (transfer_id, payout_id)
              LEFT JOIN payout_transfer t ON t.rail = $1 AND t.transfer_id = l.transfer_id
              JOIN payout p ON p.id = coalesce(t.payout_id, l.payout_id)
            """;
    private static final String LISTED =
            "UPDATE payout_transfer SET listed_at = $3 WHERE rail = $1 AND transfer_id = ANY ($2)";
    /** Sent in the span, and not in the list that was begun at $5; in order of their ids. */
    private static final String UNLISTED =
            """
            SELECT p.id, p.state, t.transfer_id, t.status, t.moved_minor, t.currency
              FROM payout p JOIN payout_transfer t ON t.payout_id = p.id AND t.rail = p.rail
             WHERE p.rail = $1 AND p.submitted_at >= $2 AND p.submitted_at < $3 AND t.status <> 'failed'
               AND (t.listed_at IS NULL OR t.listed_at < $5) AND (p.id, t.transfer_id) > ($4, $6)
             ORDER BY p.id, t.transfer_id LIMIT $7
            """;
    /** What is seen again after it had gone is new; what is seen with another detail needs another explanation. */
    private static final String NOTE =
            """
            INSERT INTO reconcile_item AS i (id, rail, kind, transfer_id, payout_id, detail, first_seen, last_seen)
            SELECT n.id, $1, n.kind, n.transfer_id, n.payout_id, n.detail, $2, $2
              FROM unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[]) AS n (id, kind, transfer_id, payout_id, detail)
             ORDER BY n.kind, n.transfer_id
            ON CONFLICT (rail, kind, transfer_id) DO UPDATE SET
                   payout_id = excluded.payout_id, detail = excluded.detail, last_seen = excluded.last_seen, cleared_at = NULL,
                   first_seen = CASE WHEN i.cleared_at IS NULL THEN i.first_seen ELSE excluded.first_seen END,
                   explained_at = CASE WHEN i.cleared_at IS NULL AND i.detail = excluded.detail THEN i.explained_at END,
                   explained_by = CASE WHEN i.cleared_at IS NULL AND i.detail = excluded.detail THEN i.explained_by END,
                   note = CASE WHEN i.cleared_at IS NULL AND i.detail = excluded.detail THEN i.note END
            """;

    private static final String CLEAR =
            """
            UPDATE reconcile_item SET cleared_at = $3
             WHERE rail = $1 AND transfer_id = ANY ($2) AND cleared_at IS NULL
               AND (kind, transfer_id) NOT IN (SELECT n.kind, n.id FROM unnest($4::text[], $5::text[]) AS n (kind, id))
            """;
    private static final String OPEN =
            "SELECT count(*) AS open FROM reconcile_item WHERE cleared_at IS NULL AND explained_at IS NULL";
    private static final String UNDER_WAY =
            "SELECT count(*) AS n FROM payout WHERE rail = $1 AND submitted_at >= $2 AND submitted_at < $3";

    /** The place in the look for what is not listed. */
    record Place(UUID payoutId, String transferId) {
        static final Place FIRST = new Place(new UUID(0, 0), "");
    }

    /** A span of what was sent. */
    record Span(Instant from, Instant to) {}

    private final Ids ids;

    ReconcileRepository(Ids ids) {
        this.ids = ids;
    }

    /** By the provider's id; what nobody here knows is not in it. */
    Uni<Map<String, Known>> known(SqlConnection c, String rail, List<Listed> listed) {
        String[] transfers = listed.stream().map(each -> each.transfer().id()).toArray(String[]::new);
        UUID[] payouts =
                listed.stream().map(each -> each.payoutId().orElse(null)).toArray(UUID[]::new);
        return c.preparedQuery(KNOWN)
                .execute(Tuple.of(rail, transfers, payouts))
                .map(rows -> {
                    Map<String, Known> found = new HashMap<>();
                    for (Row row : rows) found.put(row.getString("listed"), known(row));
                    return found;
                });
    }

    private static Known known(Row row) {
        Optional<Transfer> told = row.getString("status") == null
                ? Optional.empty()
                : Optional.of(new Transfer(
                        row.getString("listed"),
                        Transfer.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getLong("moved_minor"),
                        row.getString("told_currency"),
                        row.getLong("reversed_minor"),
                        row.getString("code"),
                        row.getOffsetDateTime("as_of").toInstant()));
        return new Known(
                row.getUUID("id"),
                row.getString("state"),
                row.getLong("net_minor"),
                row.getString("currency"),
                row.getLong("overpaid_minor"),
                told);
    }

    /** Keeps what a page came to: what was in it, what differs, and that other differences of it are gone. */
    Uni<Void> keep(SqlConnection tx, Looked place, List<String> listed, List<Difference> found, Instant now) {
        String rail = place.rail();
        String[] ids = listed.toArray(String[]::new);
        return tx.preparedQuery(LISTED)
                .execute(Tuple.of(rail, ids, at(place.begun())))
                .chain(() -> note(tx, rail, found, now))
                .chain(() ->
                        tx.preparedQuery(CLEAR).execute(Tuple.of(rail, ids, at(now), kinds(found), transfers(found))))
                .replaceWithVoid();
    }

    Uni<Void> note(SqlConnection tx, String rail, List<Difference> found, Instant now) {
        if (found.isEmpty()) return Uni.createFrom().voidItem();
        Tuple values = Tuple.tuple()
                .addString(rail)
                .addOffsetDateTime(at(now))
                .addArrayOfUUID(found.stream().map(each -> ids.next()).toArray(UUID[]::new))
                .addArrayOfString(kinds(found))
                .addArrayOfString(transfers(found))
                .addArrayOfUUID(found.stream().map(Difference::payoutId).toArray(UUID[]::new))
                .addArrayOfString(found.stream().map(Difference::detail).toArray(String[]::new));
        return tx.preparedQuery(NOTE).execute(values).replaceWithVoid();
    }

    private static String[] kinds(List<Difference> found) {
        return found.stream().map(each -> each.kind().word()).toArray(String[]::new);
    }

    private static String[] transfers(List<Difference> found) {
        return found.stream().map(Difference::transferId).toArray(String[]::new);
    }

    /** What was sent in the span and is not in the list that was begun at that moment, at most so many. */
    Uni<List<Difference>> unlisted(SqlConnection c, String rail, Span span, Instant begun, Place after, int most) {
        Tuple values = Tuple.of(rail, at(span.from()), at(span.to()), after.payoutId())
                .addOffsetDateTime(at(begun))
                .addString(after.transferId())
                .addInteger(most);
        return c.preparedQuery(UNLISTED).execute(values).map(rows -> {
            List<Difference> found = new ArrayList<>();
            for (Row row : rows)
                found.add(new Difference(
                        Kind.MISSING_THERE,
                        row.getString("transfer_id"),
                        row.getUUID("id"),
                        "%s here with %d %s %s, and not in the provider's list"
                                .formatted(
                                        row.getString("state"),
                                        row.getLong("moved_minor"),
                                        row.getString("currency"),
                                        row.getString("status"))));
            return found;
        });
    }

    Uni<Long> sent(SqlConnection c, String rail, Span span) {
        return c.preparedQuery(UNDER_WAY)
                .execute(Tuple.of(rail, at(span.from()), at(span.to())))
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    /** How many wait for an explanation. */
    Uni<Long> open(SqlConnection c) {
        return c.query(OPEN).execute().map(rows -> rows.iterator().next().getLong("open"));
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
