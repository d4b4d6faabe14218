package dev.tributary.payout.rail.manual;

import dev.tributary.crypto.MasterKey;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Name and account under which an affiliate was paid in files. They go when the person is erased, but for payouts that a bank
 * may still carry out; the files themselves, which name many, stay as what the bank was given.
 */
@Singleton
class PersonFileEntries implements PersonalData {
    private static final String LIST =
            """
            SELECT e.payout_id AS id, e.destination, e.wrapped, e.reference, e.created_at
              FROM payout_file_entry e JOIN payout p ON p.id = e.payout_id
             WHERE p.affiliate_id = $1 AND e.payout_id < $2 ORDER BY e.payout_id DESC LIMIT $3
            """;
    private static final String BLANK =
            """
            UPDATE payout_file_entry e
               SET destination = convert_to('{"kind":"' || e.kind || '"}', 'UTF8'), wrapped = false, key_id = ''
              FROM payout p
             WHERE p.id = e.payout_id AND p.affiliate_id = $1 AND p.ended_at IS NOT NULL
               AND e.destination <> convert_to('{"kind":"' || e.kind || '"}', 'UTF8')
            """;

    private final MasterKey master;

    PersonFileEntries(MasterKey master) {
        this.master = master;
    }

    @Override
    public String name() {
        return "payoutsInFiles";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, this::row);
    }

    private JsonObject row(io.vertx.mutiny.sqlclient.Row entry) {
        UUID payout = entry.getUUID("id");
        byte[] kept = entry.getBuffer("destination").getBytes();
        byte[] plain = entry.getBoolean("wrapped") ? master.unwrap(kept, FileEntryRepository.name(payout)) : kept;
        return new JsonObject()
                .put("payoutId", TypeId.PAYOUT.format(payout))
                .put("to", new JsonObject(new String(plain, StandardCharsets.UTF_8)))
                .put("reference", entry.getString("reference"))
                .put(
                        "createdAt",
                        entry.getOffsetDateTime("created_at").toInstant().toString());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(BLANK).execute(Tuple.of(affiliateId)).map(rows -> rows.rowCount());
    }
}
