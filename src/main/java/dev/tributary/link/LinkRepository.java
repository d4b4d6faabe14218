package dev.tributary.link;

import dev.tributary.postgres.Transactions;
import dev.tributary.program.ReferralCodes;
import io.smallrye.mutiny.Uni;
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

/** The table {@code link}. Every change takes a new version, which the redirect's cache follows. */
@ApplicationScoped
class LinkRepository {
    private static final String COLUMNS =
            """
            SELECT id, enrollment_id, program_id, affiliate_id, campaign_id, code, destination, src, sub1, sub2, sub3, sub4, sub5,
                   status, expires_at, created_at, updated_at
              FROM link
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3) AND ($4::uuid IS NULL OR affiliate_id = $4)
               AND ($5::text IS NULL OR status = $5) AND ($6::text IS NULL OR code_key = $6)
               AND ($7::uuid IS NULL OR campaign_id = $7)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String COUNT = "SELECT count(*) FROM link WHERE enrollment_id = $1";
    private static final String INSERT =
            """
            INSERT INTO link (id, destination, src, sub1, sub2, sub3, sub4, sub5, status, expires_at, updated_at,
                              campaign_id, created_at, enrollment_id, program_id, affiliate_id, code, code_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """;
    private static final String UPDATE =
            """
            UPDATE link
               SET destination = $2, src = $3, sub1 = $4, sub2 = $5, sub3 = $6, sub4 = $7, sub5 = $8, status = $9,
                   expires_at = $10, updated_at = $11, campaign_id = $12, version = nextval('change_version')
             WHERE id = $1
            """;

    private final Transactions transactions;

    LinkRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<Link>> find(UUID id) {
        return transactions.read(connection -> one(connection, FIND, id));
    }

    Uni<Optional<Link>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<Link>> one(SqlConnection connection, String sql, UUID id) {
        return connection.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<List<Link>> list(UUID before, int limit, Filter filter) {
        Tuple asked = Tuple.of(before, limit, filter.programId, filter.affiliateId, filter.status, filter.codeKey)
                .addUUID(filter.campaignId);
        return transactions.read(c -> c.preparedQuery(LIST).execute(asked)).map(LinkRepository::read);
    }

    /** What a list of links is narrowed to; null = not. */
    record Filter(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable String status,
            @Nullable String codeKey,
            @Nullable UUID campaignId) {}

    Uni<Long> count(SqlConnection tx, UUID enrollmentId) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(enrollmentId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The code must have been reserved in this transaction. */
    Uni<Void> insert(SqlConnection tx, Link link) {
        Tuple row = changeable(link)
                .addOffsetDateTime(at(link.createdAt()))
                .addUUID(link.enrollmentId())
                .addUUID(link.programId())
                .addUUID(link.affiliateId())
                .addString(link.code())
                .addString(ReferralCodes.key(link.code()));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, Link link) {
        return tx.preparedQuery(UPDATE).execute(changeable(link)).replaceWithVoid();
    }

    private static Tuple changeable(Link link) {
        Tuple row =
                Tuple.tuple().addUUID(link.id()).addString(link.destination()).addString(link.src());
        link.subs().forEach(row::addString);
        return row.addString(link.status().word())
                .addOffsetDateTime(at(link.expiresAt()))
                .addOffsetDateTime(at(link.updatedAt()))
                .addUUID(link.campaignId());
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static List<Link> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(LinkRepository::read)
                .toList();
    }

    private static Link read(Row row) {
        OffsetDateTime expires = row.getOffsetDateTime("expires_at");
        return new Link(
                row.getUUID("id"),
                row.getUUID("enrollment_id"),
                row.getUUID("program_id"),
                row.getUUID("affiliate_id"),
                row.getUUID("campaign_id"),
                row.getString("code"),
                row.getString("destination"),
                row.getString("src"),
                List.of(
                        row.getString("sub1"),
                        row.getString("sub2"),
                        row.getString("sub3"),
                        row.getString("sub4"),
                        row.getString("sub5")),
                Link.Status.of(row.getString("status")),
                expires == null ? null : expires.toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
