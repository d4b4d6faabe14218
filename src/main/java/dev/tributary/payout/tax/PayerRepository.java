package dev.tributary.payout.tax;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The tables {@code tax_payer} and {@code tax_notice}: who pays, and of whom the tax office told them to withhold. */
@ApplicationScoped
class PayerRepository {
    private static final String FIND =
            "SELECT name, ein, address, phone, withholding FROM tax_payer WHERE program_id = $1";
    private static final String PUT =
            """
            INSERT INTO tax_payer (program_id, name, ein, address, phone, withholding, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (program_id) DO UPDATE
               SET name = excluded.name, ein = excluded.ein, address = excluded.address, phone = excluded.phone,
                   withholding = excluded.withholding, updated_at = excluded.updated_at
            """;
    private static final String WITHHOLDING = "SELECT withholding FROM tax_payer WHERE program_id = $1";
    private static final String TOLD =
            "SELECT affiliate_id FROM tax_notice WHERE program_id = $1 AND affiliate_id = ANY ($2)";
    private static final String NOTE =
            """
            INSERT INTO tax_notice (program_id, affiliate_id, reason, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (program_id, affiliate_id) DO NOTHING
            """;
    private static final String FORGET = "DELETE FROM tax_notice WHERE program_id = $1 AND affiliate_id = $2";

    Uni<Optional<Payer>> find(SqlConnection c, UUID programId) {
        return c.preparedQuery(FIND).execute(Tuple.of(programId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(PayerRepository::read)
                .findFirst());
    }

    private static Payer read(Row row) {
        return new Payer(
                row.getString("name"),
                row.getString("ein"),
                row.getJsonObject("address").mapTo(PostalAddress.class),
                row.getString("phone"),
                row.getBoolean("withholding"));
    }

    Uni<Void> put(SqlConnection tx, UUID programId, Payer p, Instant now) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.tuple(Arrays.asList(
                        programId,
                        p.name(),
                        p.ein(),
                        json(p.address()),
                        p.phone(),
                        p.withholds(),
                        now.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    private static JsonObject json(PostalAddress a) {
        return new JsonObject()
                .put("line1", a.line1())
                .put("line2", a.line2())
                .put("city", a.city())
                .put("region", a.region())
                .put("postalCode", a.postalCode())
                .put("country", a.country());
    }

    /** A program of which nothing is known withholds nothing. */
    Uni<Withholding> withholding(SqlConnection c, UUID programId) {
        return c.preparedQuery(WITHHOLDING).execute(Tuple.of(programId)).map(rows -> {
            boolean on = rows.size() > 0 && rows.iterator().next().getBoolean("withholding");
            return on ? Withholding.BACKUP : Withholding.OFF;
        });
    }

    /** Of whom of these the tax office told the program to withhold. */
    Uni<Set<UUID>> told(SqlConnection c, UUID programId, Collection<UUID> affiliateIds) {
        return c.preparedQuery(TOLD)
                .execute(Tuple.of(programId, affiliateIds.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> told = new HashSet<>();
                    for (Row row : rows) told.add(row.getUUID("affiliate_id"));
                    return told;
                });
    }

    /** Answers whether that was new. */
    Uni<Boolean> note(SqlConnection tx, UUID programId, UUID affiliateId, String reason, String by, Instant now) {
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(programId, affiliateId, reason, by, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Answers whether there was one. */
    Uni<Boolean> forget(SqlConnection tx, UUID programId, UUID affiliateId) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(programId, affiliateId))
                .map(rows -> rows.rowCount() == 1);
    }
}
