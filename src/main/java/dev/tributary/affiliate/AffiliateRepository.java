package dev.tributary.affiliate;

import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code affiliate}. Every change takes a new version, which the redirect's cache follows. */
@ApplicationScoped
class AffiliateRepository {
    private static final String COLUMNS =
            "SELECT id, name, email, status, country, created_at, updated_at FROM affiliate";
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR email_key = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String INSERT =
            """
            INSERT INTO affiliate (name, email, email_key, status, country, created_at, updated_at, id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;
    private static final String UPDATE =
            """
            UPDATE affiliate
               SET name = $1, email = $2, email_key = $3, status = $4, country = $5, created_at = $6, updated_at = $7,
                   version = nextval('change_version')
             WHERE id = $8
            """;

    private final Transactions transactions;

    AffiliateRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<Affiliate>> find(UUID id) {
        return transactions.read(connection -> one(connection, FIND, id));
    }

    Uni<Optional<Affiliate>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<Affiliate>> one(SqlConnection connection, String sql, UUID id) {
        return connection.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<List<Affiliate>> list(UUID before, int limit, @Nullable String status, @Nullable String emailKey) {
        return transactions
                .read(connection -> connection.preparedQuery(LIST).execute(Tuple.of(before, limit, status, emailKey)))
                .map(AffiliateRepository::read);
    }

    Uni<Void> insert(SqlConnection tx, Affiliate a) {
        return write(tx, INSERT, a);
    }

    Uni<Void> update(SqlConnection tx, Affiliate a) {
        return write(tx, UPDATE, a);
    }

    private static Uni<Void> write(SqlConnection tx, String sql, Affiliate a) {
        Tuple row = Tuple.tuple(List.of(
                a.name(),
                a.email(),
                a.emailKey(),
                a.status().word(),
                a.country(),
                a.createdAt().atOffset(ZoneOffset.UTC),
                a.updatedAt().atOffset(ZoneOffset.UTC),
                a.id()));
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another affiliate has this e-mail address"))
                .replaceWithVoid();
    }

    private static List<Affiliate> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Affiliate(
                        row.getUUID("id"),
                        row.getString("name"),
                        row.getString("email"),
                        Affiliate.Status.of(row.getString("status")),
                        row.getString("country"),
                        at(row, "created_at"),
                        at(row, "updated_at")))
                .toList();
    }

    private static java.time.Instant at(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time.toInstant();
    }
}
