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

/** Files of payouts under a master key that was replaced: their bytes stay, what wraps them is new. */
@Singleton
class WrappedFiles implements Wrapped {
    /** A file is up to a megabyte, and a transaction short. */
    private static final int MOST = 5;

    private static final String OLD =
            """
            SELECT id, content FROM payout_file WHERE wrapped AND key_id <> $1 LIMIT $2 FOR UPDATE
            """;
    private static final String WRAP = "UPDATE payout_file SET content = $2, key_id = $3 WHERE id = $1";

    private final MasterKey master;

    WrappedFiles(MasterKey master) {
        this.master = master;
    }

    @Override
    public String what() {
        return "files of payouts";
    }

    @Override
    public Uni<Integer> rewrap(SqlConnection tx, int atMost) {
        return tx.preparedQuery(OLD)
                .execute(Tuple.of(master.id(), Math.min(atMost, MOST)))
                .chain(rows -> Wrapped.write(tx, Multi.createFrom().iterable(rows), WRAP, this::anew));
    }

    private Tuple anew(Row row) {
        UUID file = row.getUUID("id");
        String name = PayoutFileRepository.name(file);
        byte[] plain = master.unwrap(row.getBuffer("content").getBytes(), name);
        return Tuple.of(file, Buffer.buffer(master.wrap(plain, name)), master.id());
    }
}
