package dev.tributary.commission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code commission_rule}, as staff change it: versions are added, never rewritten. */
@ApplicationScoped
class RuleRepository {
    private static final String COLUMNS =
            """
            SELECT id, number, program_id, kind, scope, enrollment_id, tier_id, valid_from, valid_until, cap_period, cap_minor,
                   terms, active, created_at
              FROM commission_rule
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE latest AND id < $1 AND program_id = $3 AND ($4::text IS NULL OR kind = $4)
               AND ($5::boolean IS NULL OR active = $5)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE latest AND id = $1 AND program_id = $2";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String COUNT =
            "SELECT count(*) FROM commission_rule WHERE latest AND active AND program_id = $1";
    private static final String RETIRE = "UPDATE commission_rule SET latest = false WHERE id = $1 AND latest";
    private static final String INSERT =
            """
            INSERT INTO commission_rule (id, number, program_id, kind, scope, enrollment_id, tier_id, valid_from, valid_until,
                                         cap_period, cap_minor, terms, active, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """;
    private static final String ENROLLED = "SELECT EXISTS (SELECT FROM enrollment WHERE id = $1 AND program_id = $2)";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Transactions transactions;
    private final TermsRepository terms;
    private final ObjectMapper mapper;

    RuleRepository(Transactions transactions, TermsRepository terms, ObjectMapper mapper) {
        this.transactions = transactions;
        this.terms = terms;
        this.mapper = mapper;
    }

    Uni<List<StoredRule>> list(
            UUID before, int limit, UUID programId, @Nullable String kind, @Nullable Boolean active) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, kind, active)))
                .map(this::read);
    }

    Uni<Optional<StoredRule>> find(UUID programId, UUID id) {
        return transactions.read(
                c -> c.preparedQuery(FIND).execute(Tuple.of(id, programId)).map(this::first));
    }

    Uni<Optional<StoredRule>> lock(SqlConnection tx, UUID programId, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id, programId)).map(this::first);
    }

    /** The active ones of a program. */
    Uni<Long> count(SqlConnection tx, UUID programId) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(programId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Boolean> enrolled(SqlConnection tx, UUID enrollmentId, UUID programId) {
        return tx.preparedQuery(ENROLLED)
                .execute(Tuple.of(enrollmentId, programId))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The next version of a rule that is locked, or the first of a new one. */
    Uni<Void> add(SqlConnection tx, StoredRule r) {
        Tuple row = Tuple.tuple(Arrays.asList(
                r.id(),
                r.number(),
                r.programId(),
                r.kind(),
                r.scope().word(),
                r.enrollmentId(),
                r.tierId(),
                r.validFrom().atOffset(ZoneOffset.UTC),
                r.validUntil() == null ? null : r.validUntil().atOffset(ZoneOffset.UTC),
                r.cap() == null ? null : r.cap().period().word(),
                r.cap() == null ? null : r.cap().amountMinor(),
                json(r),
                r.active(),
                r.createdAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(RETIRE)
                .execute(Tuple.of(r.id()))
                .chain(() -> tx.preparedQuery(INSERT).execute(row))
                .onFailure(RuleRepository::missing)
                .transform(gone -> Problem.field("tierId", "unknown", "This program has no such tier"))
                .replaceWithVoid();
    }

    private static boolean missing(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }

    private JsonObject json(StoredRule rule) {
        try {
            return new JsonObject(mapper.writeValueAsString(rule.terms()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The terms of a rule cannot be written", e);
        }
    }

    private Optional<StoredRule> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private List<StoredRule> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::read).toList();
    }

    private StoredRule read(Row row) {
        OffsetDateTime until = row.getOffsetDateTime("valid_until");
        @Nullable String period = row.getString("cap_period");
        return new StoredRule(
                row.getUUID("id"),
                row.getInteger("number"),
                row.getUUID("program_id"),
                row.getString("kind"),
                Scope.of(row.getString("scope")),
                row.getUUID("enrollment_id"),
                row.getUUID("tier_id"),
                row.getOffsetDateTime("valid_from").toInstant(),
                until == null ? null : until.toInstant(),
                period == null ? null : new Cap(Cap.Period.of(period), row.getLong("cap_minor")),
                terms.terms(row.getJsonObject("terms").encode()),
                row.getBoolean("active"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
