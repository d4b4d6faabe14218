package dev.tributary.link;

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

/** The table {@code campaign}. A change gives its links a new version, because they carry its word. */
@ApplicationScoped
class CampaignRepository {
    private static final String COLUMNS =
            """
            SELECT id, enrollment_id, program_id, affiliate_id, name, utm_campaign, starts_on, ends_on, created_at, updated_at,
                   (SELECT count(*) FROM link l WHERE l.campaign_id = campaign.id) AS links
              FROM campaign
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND affiliate_id = $3 AND ($4::uuid IS NULL OR program_id = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String COUNT = "SELECT count(*) FROM campaign WHERE enrollment_id = $1";
    private static final String INSERT =
            """
            INSERT INTO campaign (id, enrollment_id, program_id, affiliate_id, created_at, name, utm_campaign, starts_on,
                                  ends_on, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;
    private static final String UPDATE =
            """
            UPDATE campaign SET name = $2, utm_campaign = $3, starts_on = $4, ends_on = $5, updated_at = $6 WHERE id = $1
            """;
    private static final String TOUCH_LINKS =
            """
            UPDATE link SET version = nextval('change_version') WHERE campaign_id = $1
            """;

    private final Transactions transactions;

    CampaignRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<Campaign>> find(UUID id) {
        return transactions.read(c -> find(c, id));
    }

    Uni<Optional<Campaign>> find(SqlConnection c, UUID id) {
        return one(c, FIND, id);
    }

    Uni<Optional<Campaign>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<Campaign>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<List<Campaign>> list(UUID before, int limit, UUID affiliateId, @Nullable UUID programId) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, affiliateId, programId)))
                .map(CampaignRepository::read);
    }

    Uni<Long> count(SqlConnection tx, UUID enrollmentId) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(enrollmentId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Void> insert(SqlConnection tx, Campaign made) {
        Tuple row = Tuple.tuple()
                .addUUID(made.id())
                .addUUID(made.enrollmentId())
                .addUUID(made.programId())
                .addUUID(made.affiliateId())
                .addOffsetDateTime(made.createdAt().atOffset(ZoneOffset.UTC));
        return write(tx, INSERT, changeable(row, made));
    }

    Uni<Void> update(SqlConnection tx, Campaign changed) {
        return write(tx, UPDATE, changeable(Tuple.tuple().addUUID(changed.id()), changed))
                .chain(() -> tx.preparedQuery(TOUCH_LINKS).execute(Tuple.of(changed.id())))
                .replaceWithVoid();
    }

    private static Uni<Void> write(SqlConnection tx, String sql, Tuple row) {
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another campaign has this name"))
                .replaceWithVoid();
    }

    private static Tuple changeable(Tuple row, Campaign c) {
        return row.addString(c.name())
                .addString(c.utmCampaign())
                .addLocalDate(c.startsOn())
                .addLocalDate(c.endsOn())
                .addOffsetDateTime(c.updatedAt().atOffset(ZoneOffset.UTC));
    }

    private static List<Campaign> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(CampaignRepository::read)
                .toList();
    }

    private static Campaign read(Row row) {
        return new Campaign(
                row.getUUID("id"),
                row.getUUID("enrollment_id"),
                row.getUUID("program_id"),
                row.getUUID("affiliate_id"),
                row.getString("name"),
                row.getString("utm_campaign"),
                row.getLocalDate("starts_on"),
                row.getLocalDate("ends_on"),
                row.getLong("links"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
