package dev.tributary.postgres;

import dev.tributary.crypto.MasterKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Keys of 256 random bits that all instances share, each known by its purpose and epoch, made by whoever asks first.
 *
 * <p>They are remembered for the life of the process. A key that rotates is asked for by another epoch; deleting old
 * epochs is what makes hashes made with them unlinkable.
 */
@ApplicationScoped
public class SharedKeys {
    private static final int BYTES = 32;
    /** A handful of purposes, three live epochs each; the bound only guards against a mistake. */
    private static final int REMEMBERED_AT_MOST = 1_000;

    private static final String INSERT =
            """
            INSERT INTO shared_key (purpose, epoch, material, wrapped) VALUES ($1, $2, $3, $4)
            ON CONFLICT (purpose, epoch) DO NOTHING
            """;
    private static final String FIND =
            """
            SELECT material, wrapped FROM shared_key WHERE purpose = $1 AND epoch = $2
            """;
    private static final String FORGET =
            """
            DELETE FROM shared_key WHERE purpose = $1 AND epoch < $2
            """;

    private final Transactions transactions;
    private final MasterKey master;
    private final RandomGenerator random;
    private final Map<Key, byte[]> known = new ConcurrentHashMap<>();

    SharedKeys(Transactions transactions, MasterKey master, RandomGenerator random) {
        this.transactions = transactions;
        this.master = master;
        this.random = random;
    }

    /** The key of a purpose that never rotates by time. */
    public Uni<byte[]> key(String purpose) {
        return key(purpose, 0);
    }

    /** The key of one epoch of a purpose: 32 bytes, the same for every instance. */
    public Uni<byte[]> key(String purpose, long epoch) {
        Key key = new Key(purpose, epoch);
        byte[] remembered = known.get(key);
        if (remembered != null) return Uni.createFrom().item(remembered);
        return transactions.run(tx -> findOrMake(tx, key)).invoke(material -> {
            if (known.size() >= REMEMBERED_AT_MOST) known.clear();
            known.put(key, material);
        });
    }

    /** Deletes the keys of a purpose before an epoch: what was hashed with them can be linked to nobody any more. */
    public Uni<Void> forgetBefore(String purpose, long epoch) {
        known.keySet().removeIf(key -> key.purpose.equals(purpose) && key.epoch < epoch);
        return transactions
                .run(tx -> tx.preparedQuery(FORGET).execute(Tuple.of(purpose, epoch)))
                .replaceWithVoid();
    }

    private Uni<byte[]> findOrMake(SqlConnection tx, Key key) {
        byte[] fresh = new byte[BYTES];
        random.nextBytes(fresh);
        Tuple row = Tuple.tuple(List.of(
                key.purpose,
                key.epoch,
                Buffer.buffer(master.present() ? master.wrap(fresh, key.toString()) : fresh),
                master.present()));
        return tx.preparedQuery(INSERT)
                .execute(row)
                .chain(() -> tx.preparedQuery(FIND).execute(Tuple.of(key.purpose, key.epoch)))
                .map(rows -> read(rows, key));
    }

    private byte[] read(RowSet<Row> rows, Key key) {
        Row row = rows.iterator().next();
        byte[] material = row.getBuffer("material").getBytes();
        return row.getBoolean("wrapped") ? master.unwrap(material, key.toString()) : material;
    }

    /** What a key is wrapped as: for ever, because the wrapping is bound to it. */
    static String name(String purpose, long epoch) {
        return new Key(purpose, epoch).toString();
    }

    private record Key(String purpose, long epoch) {}
}
