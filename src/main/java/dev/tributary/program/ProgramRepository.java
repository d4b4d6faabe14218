package dev.tributary.program;

import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code program}. Every change takes a new version, which the redirect's cache follows. */
@ApplicationScoped
class ProgramRepository {
    private static final String COLUMNS =
            """
            SELECT id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, window_days, honor_gpc,
                   active, created_at, updated_at
              FROM program
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::boolean IS NULL OR active = $3) AND ($4::text IS NULL OR slug = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String INSERT =
            """
            INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, window_days,
                                 honor_gpc, active, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;
    private static final String UPDATE =
            """
            UPDATE program
               SET name = $2, slug = $3, landing_url = $4, allowed_hosts = $5, currency = $6, time_zone = $7,
                   utm_source = $8, window_days = $9, honor_gpc = $10, active = $11, created_at = $12, updated_at = $13,
                   version = nextval('change_version')
             WHERE id = $1
            """;

    private final Transactions transactions;

    ProgramRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<Program>> find(UUID id) {
        return transactions.read(connection -> one(connection, FIND, id));
    }

    Uni<Optional<Program>> find(SqlConnection tx, UUID id) {
        return one(tx, FIND, id);
    }

    Uni<Optional<Program>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<Program>> one(SqlConnection connection, String sql, UUID id) {
        return connection.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<List<Program>> list(UUID before, int limit, @Nullable Boolean active, @Nullable String slug) {
        return transactions
                .read(connection -> connection.preparedQuery(LIST).execute(Tuple.of(before, limit, active, slug)))
                .map(ProgramRepository::read);
    }

    Uni<Void> insert(SqlConnection tx, Program p) {
        return write(tx, INSERT, p);
    }

    Uni<Void> update(SqlConnection tx, Program p) {
        return write(tx, UPDATE, p);
    }

    private static Uni<Void> write(SqlConnection tx, String sql, Program p) {
        Tuple row = Tuple.tuple(List.of(
                p.id(),
                p.name(),
                p.slug(),
                p.landingUrl(),
                p.allowedHosts().toArray(String[]::new),
                p.currency(),
                p.timeZone(),
                p.utmSource(),
                p.windowDays(),
                p.honorGpc(),
                p.active(),
                p.createdAt().atOffset(ZoneOffset.UTC),
                p.updatedAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another program has this slug"))
                .replaceWithVoid();
    }

    private static List<Program> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ProgramRepository::read)
                .toList();
    }

    private static Program read(Row row) {
        return new Program(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("landing_url"),
                List.of(row.getArrayOfStrings("allowed_hosts")),
                row.getString("currency"),
                row.getString("time_zone"),
                row.getString("utm_source"),
                row.getInteger("window_days"),
                row.getBoolean("honor_gpc"),
                row.getBoolean("active"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
