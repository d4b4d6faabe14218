package dev.tributary.analytics.statement;

import dev.tributary.problem.Problem;
import io.vertx.mutiny.sqlclient.Row;
import java.time.ZoneId;
import java.util.UUID;

/** Whose statement: one affiliate in one program, whose months are those of the program's time zone. */
record Account(
        UUID enrollmentId,
        UUID affiliateId,
        String holder,
        UUID programId,
        String program,
        ZoneId zone,
        String currency) {
    /** Arguments: affiliate, program or null. */
    static final String SQL =
            """
            SELECT e.id, e.affiliate_id, a.name AS holder, p.id AS program_id, p.name AS program, p.time_zone, p.currency,
                   count(*) OVER () AS programs
              FROM enrollment e
              JOIN program p ON p.id = e.program_id
              JOIN affiliate a ON a.id = e.affiliate_id
             WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2)
             ORDER BY e.id LIMIT 1
            """;

    /** A 404 where there is none, a 400 where there are several and nobody said which. */
    static Account read(Iterable<Row> rows) {
        for (Row row : rows) {
            if (row.getLong("programs") > 1)
                throw Problem.field(
                        "programId", "required", "programId is needed by those who are in several programs");
            return new Account(
                    row.getUUID("id"),
                    row.getUUID("affiliate_id"),
                    row.getString("holder"),
                    row.getUUID("program_id"),
                    row.getString("program"),
                    ZoneId.of(row.getString("time_zone")),
                    row.getString("currency"));
        }
        throw Problem.notFound("Enrollment");
    }
}
