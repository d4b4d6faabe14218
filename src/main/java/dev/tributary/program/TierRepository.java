package dev.tributary.program;

import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code tier}. Who writes it has locked its program, so that counts and ranks hold. */
@ApplicationScoped
class TierRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, name, rank, min_conversions, min_revenue_minor, rate_bps, sign_up_bonus_minor,
                   min_payout_minor, perks, created_at, updated_at
              FROM tier
            """;
    private static final String OF = COLUMNS + " WHERE program_id = $1 ORDER BY rank";
    private static final String FIND = COLUMNS + " WHERE id = $1 AND program_id = $2";
    private static final String INSERT =
            """
            INSERT INTO tier (id, program_id, name, rank, min_conversions, min_revenue_minor, rate_bps, sign_up_bonus_minor,
                              min_payout_minor, perks, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;
    private static final String UPDATE =
            """
            UPDATE tier
               SET name = $3, rank = $4, min_conversions = $5, min_revenue_minor = $6, rate_bps = $7,
                   sign_up_bonus_minor = $8, min_payout_minor = $9, perks = $10, created_at = $11, updated_at = $12
             WHERE id = $1 AND program_id = $2
            """;
    private static final String DELETE = "DELETE FROM tier WHERE id = $1";
    private static final String GIVE =
            """
            UPDATE enrollment e SET tier_id = n.tier_id, updated_at = $3
              FROM (SELECT enrollment_id, tier_id FROM unnest($1::uuid[], $2::uuid[]) AS g (enrollment_id, tier_id)
                     ORDER BY enrollment_id) n
             WHERE e.id = n.enrollment_id
            """;
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final RecentOffers offers;

    TierRepository(RecentOffers offers) {
        this.offers = offers;
    }

    Uni<List<Tier>> of(SqlConnection c, UUID programId) {
        return c.preparedQuery(OF).execute(Tuple.of(programId)).map(TierRepository::read);
    }

    Uni<Optional<Tier>> find(SqlConnection c, UUID programId, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id, programId)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<Void> insert(SqlConnection tx, Tier tier) {
        return write(tx, INSERT, tier);
    }

    Uni<Void> update(SqlConnection tx, Tier tier) {
        return write(tx, UPDATE, tier);
    }

    /** 409 while an enrollment has reached it. */
    Uni<Void> delete(SqlConnection tx, UUID id) {
        offers.changedBy(tx);
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .onFailure(TierRepository::inUse)
                .transform(used -> new Problem(ProblemKind.CONFLICT, "Affiliates are in this tier"))
                .replaceWithVoid();
    }

    /** Of enrollments, each to the tier of its program or to none. */
    Uni<Void> give(SqlConnection tx, Map<UUID, @Nullable UUID> byEnrollment, Instant at) {
        List<Map.Entry<UUID, @Nullable UUID>> given = byEnrollment.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        return tx.preparedQuery(GIVE)
                .execute(Tuple.of(
                        given.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        given.stream().map(Map.Entry::getValue).toArray(UUID[]::new),
                        at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static boolean inUse(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }

    private Uni<Void> write(SqlConnection tx, String sql, Tier t) {
        offers.changedBy(tx);
        Tuple row = Tuple.tuple(Arrays.asList(
                t.id(),
                t.programId(),
                t.name(),
                t.rank(),
                t.minConversions(),
                t.minRevenueMinor(),
                t.rateBps(),
                t.signUpBonusMinor(),
                t.minPayoutMinor(),
                json(t.perks()),
                t.createdAt().atOffset(ZoneOffset.UTC),
                t.updatedAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another tier of this program has this name or rank"))
                .replaceWithVoid();
    }

    private static JsonArray json(List<Tier.Perk> perks) {
        JsonArray all = new JsonArray();
        for (Tier.Perk p : perks) {
            all.add(new JsonObject()
                    .put("icon", p.icon())
                    .put("title", p.title())
                    .put("description", p.description())
                    .put("link", p.link()));
        }
        return all;
    }

    private static List<Tier> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(TierRepository::read)
                .toList();
    }

    private static Tier read(Row row) {
        return new Tier(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("name"),
                row.getInteger("rank"),
                row.getLong("min_conversions"),
                row.getLong("min_revenue_minor"),
                row.getInteger("rate_bps"),
                row.getLong("sign_up_bonus_minor"),
                row.getLong("min_payout_minor"),
                perks(row.getJsonArray("perks")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static List<Tier.Perk> perks(JsonArray perks) {
        return perks.stream()
                .map(JsonObject.class::cast)
                .map(p -> new Tier.Perk(
                        p.getString("icon"), p.getString("title"), p.getString("description"), p.getString("link")))
                .toList();
    }
}
