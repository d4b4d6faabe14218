package dev.tributary.payout.tax;

import dev.tributary.crypto.Vault;
import dev.tributary.crypto.Wrapped;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Tax forms under a master key that was replaced. */
@Singleton
class WrappedTaxForms implements Wrapped {
    private static final String OUTDATED =
            """
            SELECT id, sealed FROM tax_form WHERE key_id IS NOT NULL AND key_id <> $1 LIMIT $2 FOR UPDATE SKIP LOCKED
            """;
    private static final String WRAP = "UPDATE tax_form SET sealed = $2, key_id = $3 WHERE id = $1";

    private final Vault vault;

    WrappedTaxForms(Vault vault) {
        this.vault = vault;
    }

    @Override
    public String what() {
        return "tax forms";
    }

    @Override
    public Uni<Integer> rewrap(SqlConnection tx, int atMost) {
        return tx.preparedQuery(OUTDATED)
                .execute(Tuple.of(vault.keyId(), atMost))
                .chain(rows -> Wrapped.write(tx, Multi.createFrom().iterable(rows), WRAP, this::anew));
    }

    private Tuple anew(Row row) {
        UUID id = row.getUUID("id");
        byte[] old = row.getBuffer("sealed").getBytes();
        byte[] now = vault.rewrap(old, SealedForms.name(id)).orElse(old);
        return Tuple.of(id, Buffer.buffer(now), vault.keyId());
    }
}
