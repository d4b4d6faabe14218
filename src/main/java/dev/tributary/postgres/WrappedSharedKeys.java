package dev.tributary.postgres;

import dev.tributary.crypto.MasterKey;
import dev.tributary.crypto.Wrapped;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** The shared keys under a master key that was replaced: a handful of purposes and epochs, so all are looked at. */
@Singleton
class WrappedSharedKeys implements Wrapped {
    private static final String ALL =
            "SELECT purpose, epoch, material FROM shared_key WHERE wrapped ORDER BY purpose, epoch FOR UPDATE";
    private static final String WRAP = "UPDATE shared_key SET material = $3 WHERE purpose = $1 AND epoch = $2";

    private final MasterKey master;

    WrappedSharedKeys(MasterKey master) {
        this.master = master;
    }

    @Override
    public String what() {
        return "shared keys";
    }

    @Override
    public Uni<Integer> rewrap(SqlConnection tx, int atMost) {
        return tx.preparedQuery(ALL).execute().chain(rows -> {
            Multi<Row> outdated =
                    Multi.createFrom().iterable(rows).filter(row -> !master.fits(material(row), name(row)));
            return Wrapped.write(tx, outdated.select().first(atMost), WRAP, this::anew);
        });
    }

    private Tuple anew(Row row) {
        byte[] anew = master.wrap(master.unwrap(material(row), name(row)), name(row));
        return Tuple.of(row.getString("purpose"), row.getLong("epoch"), Buffer.buffer(anew));
    }

    private static byte[] material(Row row) {
        return row.getBuffer("material").getBytes();
    }

    private static String name(Row row) {
        return SharedKeys.name(row.getString("purpose"), row.getLong("epoch"));
    }
}
