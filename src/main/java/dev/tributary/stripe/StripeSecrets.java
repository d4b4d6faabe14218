package dev.tributary.stripe;

import dev.tributary.crypto.MasterKey;
import dev.tributary.id.Ids;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The signing secrets of owners' webhook endpoints: several at once, so that one can follow another without a gap. They are
 * wrapped by the master key where one is configured, and shown to nobody.
 */
@ApplicationScoped
public class StripeSecrets {
    /** Two endpoints, each with an old and a new secret, and one to spare: each costs a signature for every event. */
    private static final int MOST = 5;

    private static final String LIST =
            """
            SELECT id, hint, material, wrapped, created_at FROM stripe_secret WHERE owner_id = $1 ORDER BY id DESC
            """;
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 13))";
    private static final String INSERT =
            """
            INSERT INTO stripe_secret (id, owner_id, hint, hash, material, wrapped, created_at)
            SELECT $1, $2, $3, $4, $5, $6, $7
             WHERE (SELECT count(*) FROM stripe_secret WHERE owner_id = $2) < $8
            ON CONFLICT (owner_id, hash) DO NOTHING
            """;
    private static final String DELETE =
            """
            DELETE FROM stripe_secret WHERE id = $1 AND owner_id = $2 RETURNING id, hint, created_at
            """;

    private final MasterKey master;
    private final Ids ids;
    private final Clock clock;

    StripeSecrets(MasterKey master, Ids ids, Clock clock) {
        this.master = master;
        this.ids = ids;
        this.clock = clock;
    }

    /** What people see of a secret: its last four characters. */
    public record Known(UUID id, String hint, Instant createdAt) {}

    public Uni<List<Known>> list(SqlConnection c, UUID owner) {
        return c.preparedQuery(LIST).execute(Tuple.of(owner)).map(rows -> {
            List<Known> known = new ArrayList<>();
            for (Row row : rows) known.add(known(row));
            return known;
        });
    }

    /** Adds one; 409 where it is there already or there are {@value #MOST}. */
    public Uni<Known> add(SqlConnection tx, UUID owner, String secret) {
        UUID id = ids.next();
        byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
        Known made = new Known(
                id, secret.substring(secret.length() - 4), clock.instant().truncatedTo(ChronoUnit.MICROS));
        Tuple row = Tuple.tuple()
                .addUUID(id)
                .addUUID(owner)
                .addString(made.hint)
                .addValue(Buffer.buffer(hash(plain)))
                .addValue(Buffer.buffer(master.present() ? master.wrap(plain, name(id)) : plain))
                .addBoolean(master.present())
                .addOffsetDateTime(made.createdAt.atOffset(ZoneOffset.UTC))
                .addInteger(MOST);
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(owner))
                .chain(() -> tx.preparedQuery(INSERT).execute(row))
                .map(rows -> {
                    if (rows.rowCount() == 1) return made;
                    throw new Problem(
                            ProblemKind.CONFLICT, "This secret is there already, or there are " + MOST + " of them");
                });
    }

    /** Empty where the owner has no such secret. */
    public Uni<Optional<Known>> remove(SqlConnection tx, UUID owner, UUID id) {
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(id, owner))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(known(rows.iterator().next())));
    }

    /** The secrets themselves; none for an owner that is not there. */
    Uni<List<String>> of(SqlConnection c, UUID owner) {
        return c.preparedQuery(LIST).execute(Tuple.of(owner)).map(this::plain);
    }

    private List<String> plain(RowSet<Row> rows) {
        List<String> secrets = new ArrayList<>();
        for (Row row : rows) {
            byte[] material = row.getBuffer("material").getBytes();
            byte[] bytes = row.getBoolean("wrapped") ? master.unwrap(material, name(row.getUUID("id"))) : material;
            secrets.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return secrets;
    }

    private static Known known(Row row) {
        return new Known(
                row.getUUID("id"),
                row.getString("hint"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    static String name(UUID id) {
        return "stripe_secret " + id;
    }

    private static byte[] hash(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
