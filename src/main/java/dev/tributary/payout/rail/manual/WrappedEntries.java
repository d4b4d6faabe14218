package dev.tributary.payout.rail.manual;

import dev.tributary.crypto.MasterKey;
import dev.tributary.crypto.Wrapped;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Names and accounts of payouts in files, under a master key that was replaced. */
@Singleton
class WrappedEntries implements Wrapped {
    private static final String OLD =
            """
            SELECT payout_id, destination FROM payout_file_entry WHERE wrapped AND key_id <> $1 LIMIT $2 FOR UPDATE
            """;
    private static final String WRAP =
            "UPDATE payout_file_entry SET destination = $2, key_id = $3 WHERE payout_id = $1";

    private final MasterKey master;

    WrappedEntries(MasterKey master) {
        this.master = master;
    }

    @Override
    public String what() {
        return "payouts in files";
    }

    @Override
    public Uni<Integer> rewrap(SqlConnection tx, int atMost) {
        return tx.preparedQuery(OLD)
                .execute(Tuple.of(master.id(), atMost))
                .chain(rows -> Wrapped.write(tx, Multi.createFrom().iterable(rows), WRAP, this::anew));
    }

    private Tuple anew(Row row) {
        UUID payout = row.getUUID("payout_id");
        String name = FileEntryRepository.name(payout);
        byte[] plain = master.unwrap(row.getBuffer("destination").getBytes(), name);
        return Tuple.of(payout, Buffer.buffer(master.wrap(plain, name)), master.id());
    }
}
