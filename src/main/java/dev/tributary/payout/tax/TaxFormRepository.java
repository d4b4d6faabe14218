package dev.tributary.payout.tax;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code tax_form}. */
@ApplicationScoped
class TaxFormRepository {
    private static final String COLUMNS =
            """
            f.id, f.affiliate_id, f.kind, f.state, f.country, f.name, f.tin_kind, f.tin_last4, f.withholding, f.reported,
            f.signed_at, f.sealed IS NULL AS on_paper, f.created_at, f.verified_by, f.verified_at, f.reason
            """;
    private static final String LATEST = "SELECT " + COLUMNS
            + " FROM tax_form f WHERE f.affiliate_id = $1 AND f.state <> 'replaced' ORDER BY f.id DESC LIMIT 1";
    private static final String IN_FORCE = "SELECT " + COLUMNS
            + " FROM tax_form f WHERE f.affiliate_id = $1 AND f.state IN ('submitted', 'verified') FOR UPDATE";
    private static final String OF_MANY = "SELECT " + COLUMNS
            + " FROM tax_form f WHERE f.affiliate_id = ANY ($1) AND f.state IN ('submitted', 'verified')";
    private static final String LIST = "SELECT " + COLUMNS
            + " FROM tax_form f WHERE f.affiliate_id = $1 AND f.id < $2 ORDER BY f.id DESC LIMIT $3";
    private static final String INSERT =
            """
            INSERT INTO tax_form (id, affiliate_id, kind, state, country, name, tin_kind, tin_last4, withholding, reported,
                                  signed_at, expires_on, created_at, verified_by, verified_at, sealed, key_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """;
    private static final String REPLACE =
            """
            UPDATE tax_form SET state = 'replaced', ended_at = $2
             WHERE affiliate_id = $1 AND state IN ('submitted', 'verified')
            """;
    private static final String VERIFY =
            "UPDATE tax_form SET state = 'verified', verified_by = $2, verified_at = $3 WHERE id = $1";
    private static final String REJECT =
            """
            UPDATE tax_form SET state = 'rejected', rejected_by = $2, ended_at = $3, reason = $4 WHERE id = $1
            """;
    private static final String SEALED = "SELECT id, sealed FROM tax_form WHERE id = ANY ($1) AND sealed IS NOT NULL";
    private static final String SEALED_OF =
            """
            SELECT id, affiliate_id, sealed FROM tax_form
             WHERE affiliate_id = ANY ($1) AND state IN ('submitted', 'verified') AND sealed IS NOT NULL
            """;

    /** Those that no payment was made on go at once; the others are noted to go when the law does not need them any more. */
    private static final String ERASE =
            """
            UPDATE tax_form f
               SET erased_at = $2,
                   state = CASE WHEN p.paid OR f.state IN ('rejected', 'replaced') THEN f.state ELSE 'replaced' END,
                   ended_at = CASE WHEN p.paid THEN f.ended_at ELSE coalesce(f.ended_at, $2) END,
                   name = CASE WHEN p.paid THEN f.name ELSE '' END,
                   tin_kind = CASE WHEN p.paid THEN f.tin_kind END,
                   tin_last4 = CASE WHEN p.paid THEN f.tin_last4 END,
                   sealed = CASE WHEN p.paid THEN f.sealed END,
                   key_id = CASE WHEN p.paid THEN f.key_id END,
                   reason = CASE WHEN f.reason IS NULL THEN NULL ELSE 'erased' END
              FROM (SELECT EXISTS (SELECT FROM payout WHERE affiliate_id = $1 AND paid_at IS NOT NULL)) AS p (paid)
             WHERE f.affiliate_id = $1 AND f.erased_at IS NULL
            """;

    private static final String OLD =
            """
            SELECT f.id FROM tax_form f
             WHERE (f.erased_at IS NOT NULL OR f.ended_at < $1)
               AND NOT EXISTS (SELECT FROM payout p WHERE p.affiliate_id = f.affiliate_id
                                  AND (p.paid_at >= $1 OR p.ended_at IS NULL))
            """;
    private static final String COUNT_OLD = "SELECT count(*) FROM (" + OLD + ") AS old";
    private static final String FORGET = "DELETE FROM tax_form WHERE id IN (" + OLD + " LIMIT $2)";

    Uni<Void> insert(SqlConnection tx, StoredForm f, byte @Nullable [] sealed, String keyId) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple(Arrays.asList(
                        f.id(),
                        f.affiliateId(),
                        f.facts().kind().word(),
                        f.state().word(),
                        f.country(),
                        f.name(),
                        f.tinKind() == null ? null : f.tinKind().word(),
                        f.tinLastFour(),
                        f.facts().withholding(),
                        f.facts().reported(),
                        at(f.signedAt()),
                        f.facts().kind().lastDay(f.signedAt(), ZoneOffset.UTC).orElse(null),
                        at(f.createdAt()),
                        f.verifiedBy(),
                        at(f.verifiedAt()),
                        sealed == null ? null : Buffer.buffer(sealed),
                        sealed == null ? null : keyId)))
                .replaceWithVoid();
    }

    /** What was given last, also where it was rejected. */
    Uni<Optional<StoredForm>> latest(SqlConnection c, UUID affiliateId) {
        return one(c, LATEST, affiliateId);
    }

    /** The one by which payments go, locked. */
    Uni<Optional<StoredForm>> lockInForce(SqlConnection tx, UUID affiliateId) {
        return one(tx, IN_FORCE, affiliateId);
    }

    private static Uni<Optional<StoredForm>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    /** Those by which payments go, by affiliate. */
    Uni<Map<UUID, StoredForm>> inForce(SqlConnection c, Collection<UUID> affiliateIds) {
        return c.preparedQuery(OF_MANY)
                .execute(Tuple.of(affiliateIds.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, StoredForm> forms = new HashMap<>();
                    for (StoredForm form : read(rows)) forms.put(form.affiliateId(), form);
                    return forms;
                });
    }

    /** All that was ever given, newest first. */
    Uni<List<StoredForm>> list(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(affiliateId, before, limit))
                .map(TaxFormRepository::read);
    }

    Uni<Void> replace(SqlConnection tx, UUID affiliateId, Instant now) {
        return tx.preparedQuery(REPLACE).execute(Tuple.of(affiliateId, at(now))).replaceWithVoid();
    }

    Uni<Void> verify(SqlConnection tx, UUID id, String by, Instant now) {
        return tx.preparedQuery(VERIFY).execute(Tuple.of(id, by, at(now))).replaceWithVoid();
    }

    Uni<Void> reject(SqlConnection tx, UUID id, String by, Instant now, String reason) {
        return tx.preparedQuery(REJECT)
                .execute(Tuple.of(id, by, at(now), reason))
                .replaceWithVoid();
    }

    /** Answers of how many the person was taken away, or noted to be. */
    Uni<Integer> erase(SqlConnection tx, UUID affiliateId, Instant now) {
        return tx.preparedQuery(ERASE).execute(Tuple.of(affiliateId, at(now))).map(rows -> rows.rowCount());
    }

    /** How many are out of use, or an erased person's, and were needed for no payment since. */
    Uni<Long> countOld(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_OLD)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(rows -> rows.rowCount());
    }

    /** What is sealed of these, by form. */
    Uni<Map<UUID, byte[]>> sealed(SqlConnection c, Collection<UUID> ids) {
        return c.preparedQuery(SEALED)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, byte[]> sealed = new HashMap<>();
                    for (Row row : rows)
                        sealed.put(row.getUUID("id"), row.getBuffer("sealed").getBytes());
                    return sealed;
                });
    }

    /** A form that is still sealed. */
    record Sealed(UUID id, byte[] bytes) {}

    /** The forms by which payments go, by affiliate, still sealed. */
    Uni<Map<UUID, Sealed>> sealedOf(SqlConnection c, Collection<UUID> affiliateIds) {
        return c.preparedQuery(SEALED_OF)
                .execute(Tuple.of(affiliateIds.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Sealed> sealed = new HashMap<>();
                    for (Row row : rows)
                        sealed.put(
                                row.getUUID("affiliate_id"),
                                new Sealed(
                                        row.getUUID("id"),
                                        row.getBuffer("sealed").getBytes()));
                    return sealed;
                });
    }

    private static List<StoredForm> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(TaxFormRepository::read)
                .toList();
    }

    private static StoredForm read(Row row) {
        String tin = row.getString("tin_kind");
        return new StoredForm(
                row.getUUID("id"),
                row.getUUID("affiliate_id"),
                FormState.of(row.getString("state")),
                row.getString("country"),
                row.getString("name"),
                tin == null ? null : TinKind.valueOf(tin.toUpperCase(java.util.Locale.ROOT)),
                row.getString("tin_last4"),
                new FormFacts(
                        FormKind.of(row.getString("kind")), row.getBoolean("withholding"), row.getBoolean("reported")),
                row.getOffsetDateTime("signed_at").toInstant(),
                row.getBoolean("on_paper"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("verified_by"),
                instant(row, "verified_at"),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
