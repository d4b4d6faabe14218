package dev.tributary.payout.method;

import dev.tributary.crypto.Vault;
import dev.tributary.crypto.Wrapped;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payout methods under a master key that was replaced. */
@Singleton
class WrappedMethods implements Wrapped {
    private static final String OUTDATED =
            """
            SELECT id, details, destination FROM payout_method WHERE key_id <> $1 LIMIT $2 FOR UPDATE SKIP LOCKED
            """;
    private static final String WRAP =
            "UPDATE payout_method SET details = $2, destination = $3, key_id = $4 WHERE id = $1";

    private final Vault vault;

    WrappedMethods(Vault vault) {
        this.vault = vault;
    }

    @Override
    public String what() {
        return "payout methods";
    }

    @Override
    public Uni<Integer> rewrap(SqlConnection tx, int atMost) {
        return tx.preparedQuery(OUTDATED)
                .execute(Tuple.of(vault.keyId(), atMost))
                .chain(rows -> Wrapped.write(tx, Multi.createFrom().iterable(rows), WRAP, this::anew));
    }

    private Tuple anew(Row row) {
        UUID id = row.getUUID("id");
        return Tuple.tuple(Arrays.asList(
                id,
                anew(row, "details", Destinations.ofDetails(id)),
                anew(row, "destination", Destinations.ofDestination(id)),
                vault.keyId()));
    }

    private @Nullable Buffer anew(Row row, String column, String name) {
        if (row.getBuffer(column) == null) return null;
        byte[] old = row.getBuffer(column).getBytes();
        return Buffer.buffer(vault.rewrap(old, name).orElse(old));
    }
}
