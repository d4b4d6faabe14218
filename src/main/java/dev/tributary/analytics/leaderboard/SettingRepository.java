package dev.tributary.analytics.leaderboard;

import dev.tributary.program.Enrollment;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The tables {@code leaderboard_setting} and {@code leaderboard_name}. */
@ApplicationScoped
class SettingRepository {
    private static final String FIND =
            """
            SELECT p.leaderboard, coalesce(s.names, 'initials') AS names, coalesce(s.minimum_clicks, %d) AS minimum_clicks
              FROM program p LEFT JOIN leaderboard_setting s ON s.program_id = p.id WHERE p.id = $1
            """
                    .formatted(Setting.USUAL_CLICKS);
    private static final String PUT =
            """
            INSERT INTO leaderboard_setting (program_id, names, minimum_clicks, updated_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (program_id) DO UPDATE
               SET names = excluded.names, minimum_clicks = excluded.minimum_clicks, updated_at = excluded.updated_at
            """;
    private static final String WISH =
            """
            INSERT INTO leaderboard_name (enrollment_id, program_id, affiliate_id, shown, updated_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (enrollment_id) DO UPDATE SET shown = excluded.shown, updated_at = excluded.updated_at
            """;
    private static final String NAMED =
            """
            SELECT a.name, a.display_name, coalesce(n.shown, a.leaderboard_opt_in) AS wishes
              FROM enrollment e JOIN affiliate a ON a.id = e.affiliate_id
              LEFT JOIN leaderboard_name n ON n.enrollment_id = e.id
             WHERE e.program_id = $1 AND e.affiliate_id = $2
            """;
    private static final String MEMBER =
            """
            SELECT e.program_id, p.leaderboard, p.time_zone, p.currency, count(*) OVER () AS programs,
                   e.status = 'active' AND a.status = 'active' AND a.fraud_status = 'clear' AS takes_part
              FROM enrollment e JOIN program p ON p.id = e.program_id JOIN affiliate a ON a.id = e.affiliate_id
             WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2)
             ORDER BY e.id LIMIT 1
            """;

    /** How somebody wants to be seen in a program. */
    record Named(String name, String displayName, boolean wishes) {}

    /**
     * The enrollment that somebody speaks of.
     *
     * @param programs how many there were to choose from
     * @param takesPart whether they may have a place now
     */
    record Member(
            UUID affiliateId,
            UUID programId,
            boolean enabled,
            String timeZone,
            String currency,
            long programs,
            boolean takesPart) {}

    /** As it is, or as it is usual; empty where there is no such program. */
    Uni<Optional<Setting>> find(SqlConnection c, UUID programId) {
        return c.preparedQuery(FIND).execute(Tuple.of(programId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Setting(
                        row.getBoolean("leaderboard"),
                        Setting.Naming.of(row.getString("names")),
                        row.getInteger("minimum_clicks")))
                .findFirst());
    }

    /** But for {@code enabled}, which the program says. */
    Uni<Void> put(SqlConnection tx, UUID programId, Setting setting, Instant now) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.of(
                        programId, setting.naming().word(), setting.minimumClicks(), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Void> wish(SqlConnection tx, Enrollment own, boolean shown, Instant now) {
        return tx.preparedQuery(WISH)
                .execute(Tuple.of(own.id(), own.programId(), own.affiliateId(), shown, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Optional<Named>> named(SqlConnection c, UUID programId, UUID affiliateId) {
        return c.preparedQuery(NAMED).execute(Tuple.of(programId, affiliateId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Named(row.getString("name"), row.getString("display_name"), row.getBoolean("wishes")))
                .findFirst());
    }

    Uni<Optional<Member>> member(SqlConnection c, UUID affiliateId, Optional<UUID> programId) {
        return c.preparedQuery(MEMBER)
                .execute(Tuple.of(affiliateId, programId.orElse(null)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Member(
                                affiliateId,
                                row.getUUID("program_id"),
                                row.getBoolean("leaderboard"),
                                row.getString("time_zone"),
                                row.getString("currency"),
                                row.getLong("programs"),
                                row.getBoolean("takes_part")))
                        .findFirst());
    }
}
