package dev.tributary.program;

import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code enrollment}. Every change takes a new version, which the redirect's cache follows. */
@ApplicationScoped
class EnrollmentRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, affiliate_id, status, referral_code, promo_code, tier_id, approved_at, created_at, updated_at
              FROM enrollment
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1 AND program_id = $2";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String OF = COLUMNS + " WHERE program_id = $1 AND affiliate_id = $2";
    private static final String BY_CODE = COLUMNS
            + """
             WHERE code_key = $1 AND status = 'active'
               AND EXISTS (SELECT FROM affiliate a WHERE a.id = affiliate_id AND a.status = 'active')
            """;
    private static final String OF_AFFILIATE =
            COLUMNS + " WHERE affiliate_id = $1 AND ($2::uuid IS NULL OR program_id = $2) ORDER BY id LIMIT 2";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND program_id = $3 AND ($4::text IS NULL OR status = $4) AND ($5::uuid IS NULL OR affiliate_id = $5)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String PAGE_OF_AFFILIATE =
            COLUMNS + " WHERE affiliate_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    private static final String INSERT =
            """
            INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, promo_code, tier_id,
                                    approved_at, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;
    private static final String UPDATE =
            """
            UPDATE enrollment
               SET status = $2, approved_at = $3, updated_at = $4, tier_id = $5, version = nextval('change_version')
             WHERE id = $1
            """;
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String TIER_KEY = "enrollment_tier";

    private final Transactions transactions;

    EnrollmentRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<List<Enrollment>> list(
            UUID before, int limit, UUID programId, @Nullable String status, @Nullable UUID affiliateId) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, status, affiliateId)))
                .map(EnrollmentRepository::read);
    }

    Uni<Optional<Enrollment>> find(UUID programId, UUID id) {
        return transactions
                .read(c -> c.preparedQuery(FIND).execute(Tuple.of(id, programId)))
                .map(EnrollmentRepository::first);
    }

    Uni<Optional<Enrollment>> lock(SqlConnection tx, UUID programId, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id, programId)).map(EnrollmentRepository::first);
    }

    Uni<Optional<Enrollment>> of(SqlConnection tx, UUID programId, UUID affiliateId) {
        return tx.preparedQuery(OF).execute(Tuple.of(programId, affiliateId)).map(EnrollmentRepository::first);
    }

    /** An affiliate's enrollments in all programs, newest first. */
    Uni<List<Enrollment>> list(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return c.preparedQuery(PAGE_OF_AFFILIATE)
                .execute(Tuple.of(affiliateId, before, limit))
                .map(EnrollmentRepository::read);
    }

    /** The enrollment with this referral code, where its affiliate may promote. */
    Uni<Optional<Enrollment>> activeByCode(SqlConnection c, String codeKey) {
        return c.preparedQuery(BY_CODE).execute(Tuple.of(codeKey)).map(EnrollmentRepository::first);
    }

    /** At most two: more than one is all that needs to be known. */
    Uni<List<Enrollment>> ofAffiliate(SqlConnection c, UUID affiliateId, @Nullable UUID programId) {
        return c.preparedQuery(OF_AFFILIATE)
                .execute(Tuple.of(affiliateId, programId))
                .map(EnrollmentRepository::read);
    }

    Uni<Void> insert(SqlConnection tx, Enrollment e) {
        Tuple row = Tuple.tuple()
                .addUUID(e.id())
                .addUUID(e.programId())
                .addUUID(e.affiliateId())
                .addString(e.status().word())
                .addString(e.referralCode())
                .addString(ReferralCodes.key(e.referralCode()))
                .addString(e.promoCode())
                .addUUID(e.tierId())
                .addOffsetDateTime(at(e.approvedAt()))
                .addOffsetDateTime(at(e.createdAt()))
                .addOffsetDateTime(at(e.updatedAt()));
        return tx.preparedQuery(INSERT)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(twin -> Unique.conflict("This affiliate is in this program already"))
                .onFailure(EnrollmentRepository::missing)
                .transform(EnrollmentRepository::unknown)
                .replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, Enrollment e) {
        Tuple row = Tuple.of(e.id(), e.status().word(), at(e.approvedAt()), at(e.updatedAt()), e.tierId());
        return tx.preparedQuery(UPDATE)
                .execute(row)
                .onFailure(EnrollmentRepository::missing)
                .transform(EnrollmentRepository::unknown)
                .replaceWithVoid();
    }

    private static boolean missing(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }

    private static Problem unknown(Throwable failure) {
        return TIER_KEY.equals(((PgException) failure).getConstraint())
                ? Problem.field("tierId", "unknown", "This program has no such tier")
                : Problem.field("affiliateId", "unknown", "There is no such affiliate");
    }

    private static @Nullable OffsetDateTime at(java.time.@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Enrollment> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private static List<Enrollment> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(EnrollmentRepository::read)
                .toList();
    }

    static Enrollment read(Row row) {
        OffsetDateTime approved = row.getOffsetDateTime("approved_at");
        return new Enrollment(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getUUID("affiliate_id"),
                Enrollment.Status.of(row.getString("status")),
                row.getString("referral_code"),
                row.getString("promo_code"),
                row.getUUID("tier_id"),
                approved == null ? null : approved.toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
