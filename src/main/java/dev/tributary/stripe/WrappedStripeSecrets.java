package dev.tributary.stripe;

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

/** The secrets of webhook endpoints under a master key that was replaced: a few an owner, so all are looked at. */
@Singleton
class WrappedStripeSecrets implements Wrapped {
    private static final String ALL = "SELECT id, material FROM stripe_secret WHERE wrapped ORDER BY id FOR UPDATE";
    private static final String WRAP = "UPDATE stripe_secret SET material = $2 WHERE id = $1";

    private final MasterKey master;

    WrappedStripeSecrets(MasterKey master) {
        this.master = master;
    }

    @Override
    public String what() {
        return "Stripe secrets";
    }

    @Override
    public Uni<Integer> rewrap(SqlConnection tx, int atMost) {
        return tx.preparedQuery(ALL).execute().chain(rows -> {
            Multi<Row> outdated = Multi.createFrom()
                    .iterable(rows)
                    .filter(row -> !master.fits(material(row), StripeSecrets.name(row.getUUID("id"))));
            return Wrapped.write(tx, outdated.select().first(atMost), WRAP, this::anew);
        });
    }

    private Tuple anew(Row row) {
        UUID id = row.getUUID("id");
        byte[] anew = master.wrap(master.unwrap(material(row), StripeSecrets.name(id)), StripeSecrets.name(id));
        return Tuple.of(id, Buffer.buffer(anew));
    }

    private static byte[] material(Row row) {
        return row.getBuffer("material").getBytes();
    }
}
