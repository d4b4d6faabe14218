package dev.tributary.affiliate;

import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code affiliate}. Every change takes a new version, which the redirect's cache follows. */
@ApplicationScoped
class AffiliateRepository {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private static final String COLUMNS =
            """
            SELECT id, name, email, country, status, status_reason, display_name, partner_type, leaderboard_opt_in, channels,
                   promotion, recruiter_id, tax_status, fraud_score, fraud_status, issuer, subject, created_at, updated_at
              FROM affiliate
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String BY_EMAIL = COLUMNS + " WHERE email_key = $1";
    private static final String OF_ACCOUNT = "SELECT id FROM affiliate WHERE issuer = $1 AND subject = $2";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR email_key = $4)
               AND ($5::text IS NULL OR tax_status = $5) AND ($6::text IS NULL OR fraud_status = $6)
               AND ($7::text IS NULL OR country = $7) AND ($8::text IS NULL OR partner_type = $8)
               AND ($9::uuid IS NULL OR recruiter_id = $9) AND ($10::text IS NULL OR position(lower($10) IN search) > 0)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String INSERT =
            """
            INSERT INTO affiliate (name, email, email_key, country, status, status_reason, display_name, partner_type,
                                   leaderboard_opt_in, channels, promotion, tax_status, fraud_status,
                                   created_at, updated_at, recruiter_id, id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """;
    private static final String UPDATE =
            """
            UPDATE affiliate
               SET name = $1, email = $2, email_key = $3, country = $4, status = $5, status_reason = $6,
                   display_name = $7, partner_type = $8, leaderboard_opt_in = $9, channels = $10, promotion = $11,
                   tax_status = $12, fraud_status = $13, created_at = $14, updated_at = $15,
                   recruiter_id = $16, version = nextval('change_version')
             WHERE id = $17
            """;
    private static final String SCORE = "UPDATE affiliate SET fraud_score = $2 WHERE id = $1";
    private static final String PAPERS = "UPDATE affiliate SET tax_status = $2 WHERE id = $1";
    private static final String BIND =
            """
            UPDATE affiliate SET issuer = $2, subject = $3, version = nextval('change_version')
             WHERE id = $1 AND (issuer IS NULL OR (issuer = $2 AND subject = $3))
            """;

    private static final String ERASE =
            """
            UPDATE affiliate
               SET name = '', email = '', email_key = 'erased:' || id, display_name = '', leaderboard_opt_in = false,
                   channels = '[]', promotion = '', status_reason = '', issuer = NULL, subject = NULL, erased_at = now(),
                   version = nextval('change_version')
             WHERE id = $1 AND erased_at IS NULL
            """;

    private final Transactions transactions;

    AffiliateRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list is narrowed to; null = not. */
    record Filter(
            @Nullable String status,
            @Nullable String emailKey,
            @Nullable String taxStatus,
            @Nullable String fraudStatus,
            @Nullable String country,
            @Nullable String partnerType,
            @Nullable UUID recruiterId,
            @Nullable String q) {}

    Uni<Optional<Affiliate>> find(UUID id) {
        return transactions.read(connection -> find(connection, id));
    }

    Uni<Optional<Affiliate>> find(SqlConnection connection, UUID id) {
        return one(connection, FIND, id);
    }

    Uni<Optional<Affiliate>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    Uni<Optional<Affiliate>> byEmail(SqlConnection connection, String emailKey) {
        return one(connection, BY_EMAIL, emailKey);
    }

    private static Uni<Optional<Affiliate>> one(SqlConnection connection, String sql, Object key) {
        return connection.preparedQuery(sql).execute(Tuple.of(key)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Optional<UUID>> ofAccount(String issuer, String subject) {
        return transactions
                .read(connection -> connection.preparedQuery(OF_ACCOUNT).execute(Tuple.of(issuer, subject)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .findFirst());
    }

    Uni<List<Affiliate>> list(UUID before, int limit, Filter filter) {
        Tuple binds = Tuple.tuple(Arrays.asList(
                before,
                limit,
                filter.status,
                filter.emailKey,
                filter.taxStatus,
                filter.fraudStatus,
                filter.country,
                filter.partnerType,
                filter.recruiterId,
                filter.q));
        return transactions
                .read(connection -> connection.preparedQuery(LIST).execute(binds))
                .map(AffiliateRepository::read);
    }

    Uni<Void> insert(SqlConnection tx, Affiliate a) {
        return write(tx, INSERT, a);
    }

    Uni<Void> update(SqlConnection tx, Affiliate a) {
        return write(tx, UPDATE, a);
    }

    /** Whether it is bound now: false where the affiliate has another account; fails where the account is another's. */
    Uni<Boolean> bind(SqlConnection tx, UUID id, Account account) {
        return tx.preparedQuery(BIND)
                .execute(Tuple.of(id, account.issuer(), account.subject()))
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("This account is bound to another affiliate"))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Blanks everything that tells who it is, once; answers how many. */
    Uni<Integer> erase(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ERASE).execute(Tuple.of(id)).map(rows -> rows.rowCount());
    }

    private static Uni<Void> write(SqlConnection tx, String sql, Affiliate a) {
        Tuple row = Tuple.tuple(Arrays.asList(
                a.name(),
                a.email(),
                a.emailKey(),
                a.country(),
                a.status().word(),
                a.statusReason(),
                a.profile().displayName(),
                a.profile().partnerType().word(),
                a.profile().leaderboardOptIn(),
                channels(a.profile().channels()),
                a.profile().promotion(),
                a.standing().tax().word(),
                a.standing().fraud().word(),
                a.createdAt().atOffset(ZoneOffset.UTC),
                a.updatedAt().atOffset(ZoneOffset.UTC),
                a.recruiterId(),
                a.id()));
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another affiliate has this e-mail address"))
                .onFailure(AffiliateRepository::namesNobody)
                .transform(gone -> Problem.field("recruiterId", "unknown", "There is no such affiliate"))
                .replaceWithVoid();
    }

    /** Notes a fraud score. No row of the redirect's changes. */
    Uni<Void> score(SqlConnection tx, UUID id, int score) {
        return tx.preparedQuery(SCORE).execute(Tuple.of(id, score)).replaceWithVoid();
    }

    /** Notes how far a tax form has come. No row of the redirect's changes. */
    Uni<Void> papers(SqlConnection tx, UUID id, TaxStatus status) {
        return tx.preparedQuery(PAPERS).execute(Tuple.of(id, status.word())).replaceWithVoid();
    }

    static boolean namesNobody(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }

    static JsonArray channels(List<Channel> channels) {
        JsonArray array = new JsonArray();
        for (Channel c : channels)
            array.add(new JsonObject().put("kind", c.kind()).put("url", c.url()).put("audience", c.audience()));
        return array;
    }

    private static List<Affiliate> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AffiliateRepository::read)
                .toList();
    }

    private static Affiliate read(Row row) {
        String issuer = row.getString("issuer");
        return new Affiliate(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("country"),
                AffiliateStatus.of(row.getString("status")),
                row.getString("status_reason"),
                new Affiliate.Profile(
                        row.getString("display_name"),
                        PartnerType.of(row.getString("partner_type")),
                        row.getBoolean("leaderboard_opt_in"),
                        Channel.read(row.getJsonArray("channels")),
                        row.getString("promotion")),
                row.getUUID("recruiter_id"),
                new Affiliate.Standing(
                        TaxStatus.of(row.getString("tax_status")),
                        row.getInteger("fraud_score"),
                        FraudStatus.of(row.getString("fraud_status"))),
                issuer == null ? null : new Account(issuer, row.getString("subject")),
                at(row, "created_at"),
                at(row, "updated_at"));
    }

    private static Instant at(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
