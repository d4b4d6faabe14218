package dev.tributary.program;

import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code invitation}. */
@ApplicationScoped
class InvitationRepository {
    private static final String COLUMNS =
            """
            SELECT i.id, i.program_id, i.affiliate_id, i.referral_code, i.promo_code, i.expires_at, i.accepted_at,
                   i.revoked_at, i.created_at, i.updated_at, p.name AS program_name, f.name, f.email,
                   e.id AS enrollment_id, e.referral_code AS enrollment_code
              FROM invitation i
              JOIN program p ON p.id = i.program_id
              JOIN affiliate f ON f.id = i.affiliate_id
              LEFT JOIN enrollment e
                ON i.accepted_at IS NOT NULL AND e.program_id = i.program_id AND e.affiliate_id = i.affiliate_id
            """;
    private static final String FIND = COLUMNS + " WHERE i.id = $1";
    private static final String LOCK = FIND + " FOR UPDATE OF i";
    private static final String LOCK_BY_HASH = COLUMNS + " WHERE i.token_hash = $1 FOR UPDATE OF i";
    private static final String LIST = COLUMNS
            + """
             WHERE i.id < $1 AND ($3::uuid IS NULL OR i.program_id = $3) AND ($4::uuid IS NULL OR i.affiliate_id = $4)
             ORDER BY i.id DESC LIMIT $2
            """;
    private static final String INSERT =
            """
            INSERT INTO invitation (id, expires_at, accepted_at, revoked_at, updated_at, token_hash, program_id,
                                    affiliate_id, referral_code, promo_code, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;
    private static final String UPDATE =
            """
            UPDATE invitation
               SET expires_at = $2, accepted_at = $3, revoked_at = $4, updated_at = $5,
                   token_hash = coalesce($6, token_hash)
             WHERE id = $1
            """;
    private static final String COUNT_OLDER =
            "SELECT count(*) FROM invitation WHERE accepted_at IS NULL AND expires_at < $1";
    /** With the code that was kept for it, which nothing else can have taken. */
    private static final String FORGET =
            """
            WITH gone AS (
              DELETE FROM invitation WHERE id IN (
                SELECT id FROM invitation WHERE accepted_at IS NULL AND expires_at < $1 LIMIT $2)
              RETURNING referral_code, revoked_at)
            , released AS (
              DELETE FROM referral_code WHERE code_key IN (
                SELECT upper(referral_code) FROM gone WHERE revoked_at IS NULL))
            SELECT count(*) FROM gone
            """;

    private final Transactions transactions;

    InvitationRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<List<InvitationListing>> list(UUID before, int limit, @Nullable UUID programId, @Nullable UUID affiliateId) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId, affiliateId)))
                .map(InvitationRepository::read);
    }

    Uni<Optional<InvitationListing>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(InvitationRepository::first);
    }

    Uni<Optional<InvitationListing>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(InvitationRepository::first);
    }

    Uni<Optional<InvitationListing>> lock(SqlConnection tx, byte[] tokenHash) {
        return tx.preparedQuery(LOCK_BY_HASH)
                .execute(Tuple.of(Buffer.buffer(tokenHash)))
                .map(InvitationRepository::first);
    }

    Uni<Void> insert(SqlConnection tx, Invitation made, byte[] tokenHash) {
        Tuple row = changing(made, tokenHash)
                .addUUID(made.programId())
                .addUUID(made.affiliateId())
                .addString(made.referralCode())
                .addString(made.promoCode())
                .addOffsetDateTime(at(made.createdAt()));
        return tx.preparedQuery(INSERT)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(twin -> Unique.conflict("This affiliate is invited into this program already; renew that"))
                .replaceWithVoid();
    }

    /** With another token where there is one. */
    Uni<Void> update(SqlConnection tx, Invitation changed, byte @Nullable [] tokenHash) {
        return tx.preparedQuery(UPDATE).execute(changing(changed, tokenHash)).replaceWithVoid();
    }

    /** How many ended before a moment without being accepted. */
    Uni<Long> countOlder(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_OLDER)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(before, atMost))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static Tuple changing(Invitation i, byte @Nullable [] tokenHash) {
        return Tuple.tuple()
                .addUUID(i.id())
                .addOffsetDateTime(at(i.expiresAt()))
                .addOffsetDateTime(at(i.acceptedAt()))
                .addOffsetDateTime(at(i.revokedAt()))
                .addOffsetDateTime(at(i.updatedAt()))
                .addValue(tokenHash == null ? null : Buffer.buffer(tokenHash));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime moment = row.getOffsetDateTime(column);
        return moment == null ? null : moment.toInstant();
    }

    private static Optional<InvitationListing> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private static List<InvitationListing> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(InvitationRepository::read)
                .toList();
    }

    private static InvitationListing read(Row row) {
        Invitation invitation = new Invitation(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getUUID("affiliate_id"),
                row.getString("referral_code"),
                row.getString("promo_code"),
                row.getOffsetDateTime("expires_at").toInstant(),
                instant(row, "accepted_at"),
                instant(row, "revoked_at"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
        return new InvitationListing(
                invitation,
                row.getString("program_name"),
                row.getString("name"),
                row.getString("email"),
                row.getUUID("enrollment_id"),
                row.getString("enrollment_code"));
    }
}
