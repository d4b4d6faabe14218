package dev.tributary.analytics.leaderboard;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the affiliates of a program see of each other, for other rooms that rank them. */
@ApplicationScoped
public class Names {
    private static final String NAMED =
            """
            SELECT e.affiliate_id, a.name, a.display_name, coalesce(n.shown, a.leaderboard_opt_in) AS wishes,
                   coalesce(s.names, 'initials') AS names
              FROM enrollment e JOIN affiliate a ON a.id = e.affiliate_id
              LEFT JOIN leaderboard_name n ON n.enrollment_id = e.id
              LEFT JOIN leaderboard_setting s ON s.program_id = e.program_id
             WHERE e.program_id = $1 AND e.affiliate_id = ANY ($2::uuid[])
            """;

    /** Initials, or the display name of who wishes it where the program allows it; of those who are in the program. */
    public Uni<Map<UUID, String>> of(SqlConnection c, UUID programId, Collection<UUID> affiliates) {
        return c.preparedQuery(NAMED)
                .execute(Tuple.of(programId, affiliates.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getUUID("affiliate_id"), row -> new Setting(
                                        true, Setting.Naming.of(row.getString("names")), Setting.USUAL_CLICKS)
                                .shown(
                                        row.getString("name"),
                                        row.getString("display_name"),
                                        row.getBoolean("wishes")))));
    }
}
