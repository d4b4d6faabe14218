package dev.tributary.analytics;

import dev.tributary.problem.Problem;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * Of which program figures are, and of which time: read in the same query as they, because a look-up before would be half of
 * the work of an answer.
 */
record Scope(UUID programId, String zone, String currency, Instant from, Instant to) {
    /** Days before the end, where nobody says from when. */
    private static final int USUAL_DAYS = 30;

    /**
     * The table {@code span} of one row, or of none. Arguments: affiliate, program, the link or campaign that is asked for,
     * four of {@link Period#addTo}, now.
     */
    static final String SPAN =
            """
            WITH own AS (
                SELECT e.program_id, p.time_zone AS zone, p.currency, count(*) OVER () AS programs
                  FROM enrollment e JOIN program p ON p.id = e.program_id
                 WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2)%s
                 ORDER BY e.id LIMIT 1),
            ended AS (
                SELECT own.*, coalesce($6::timestamptz, $7::date::timestamp AT TIME ZONE zone, $8::timestamptz) AS until
                  FROM own WHERE $3::uuid IS NULL OR true),
            span AS (
                SELECT ended.*,
                       coalesce($4::timestamptz, $5::date::timestamp AT TIME ZONE zone,
                                date_trunc('day', (until AT TIME ZONE zone) - interval '%d days') AT TIME ZONE zone) AS since
                  FROM ended)
            """;

    /** Narrowed to a link or campaign, the program is that of the link or campaign, which must be the affiliate's. */
    static String span(Question.Only only) {
        String own =
                switch (only) {
                    case EVERYTHING -> "";
                    case LINK -> " AND e.id = (SELECT enrollment_id FROM link WHERE id = $3)";
                    case CAMPAIGN -> " AND e.id = (SELECT enrollment_id FROM campaign WHERE id = $3)";
                };
        return SPAN.formatted(own, USUAL_DAYS);
    }

    /** A 400 where the affiliate is in several programs and did not say which. */
    static Scope read(Row row) {
        if (row.getLong("programs") > 1)
            throw Problem.field("programId", "required", "programId is needed by those who are in several programs");
        return new Scope(
                row.getUUID("program_id"),
                row.getString("zone"),
                row.getString("currency"),
                row.getOffsetDateTime("since").toInstant(),
                row.getOffsetDateTime("until").toInstant());
    }
}
