package dev.tributary.analytics.figure;

import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds of whom figures are asked: {@code programId} may be left out where there is only one to choose. */
@ApplicationScoped
public class Subjects {
    public static final String PROGRAM = "programId";
    public static final String AFFILIATE = "affiliateId";
    /** What staff name somebody by. */
    public static final Set<String> STAFF = Set.of(PROGRAM, AFFILIATE);

    private static final String PROGRAMS =
            """
            SELECT p.id, p.name, p.time_zone, p.currency, count(*) OVER () AS choice
              FROM program p WHERE $1::uuid IS NULL OR p.id = $1
             ORDER BY p.id LIMIT 1
            """;
    private static final String MEMBERS =
            """
            SELECT p.id, p.name, p.time_zone, p.currency, e.id AS enrollment_id, e.tier_id, e.affiliate_id,
                   a.name AS affiliate_name, count(*) OVER () AS choice
              FROM enrollment e JOIN program p ON p.id = e.program_id JOIN affiliate a ON a.id = e.affiliate_id
             WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2)
             ORDER BY e.id LIMIT 1
            """;

    /** A program as a whole. 404 where there is none, 400 where there are several and none is named. */
    public Uni<Subject> program(SqlConnection c, @Nullable UUID programId) {
        return c.preparedQuery(PROGRAMS).execute(Tuple.of(programId)).map(rows -> {
            Row row = only(rows, "Program", "programId is needed where there are several programs");
            return subject(row, null);
        });
    }

    /** One affiliate, whatever their status. 404 where they are not in the program, 400 where they are in several. */
    public Uni<Subject> member(SqlConnection c, UUID affiliateId, @Nullable UUID programId) {
        return c.preparedQuery(MEMBERS)
                .execute(Tuple.of(affiliateId, programId))
                .map(rows -> {
                    Row row = only(rows, "Enrollment", "programId is needed by those who are in several programs");
                    return subject(
                            row,
                            new Subject.Member(
                                    row.getUUID("affiliate_id"),
                                    row.getUUID("enrollment_id"),
                                    row.getString("affiliate_name"),
                                    row.getUUID("tier_id")));
                });
    }

    /** One affiliate where one is named, else the whole program. */
    public Uni<Subject> of(SqlConnection c, @Nullable UUID programId, @Nullable UUID affiliateId) {
        return affiliateId == null ? program(c, programId) : member(c, affiliateId, programId);
    }

    public static @Nullable UUID affiliate(UriInfo uri) {
        return Params.id(uri, AFFILIATE, TypeId.AFFILIATE);
    }

    public static @Nullable UUID asked(UriInfo uri) {
        return Params.id(uri, PROGRAM, TypeId.PROGRAM);
    }

    private static Row only(RowSet<Row> rows, String what, String several) {
        if (rows.size() == 0) throw Problem.notFound(what);
        Row row = rows.iterator().next();
        if (row.getLong("choice") > 1) throw Problem.field(PROGRAM, "required", several);
        return row;
    }

    private static Subject subject(Row row, Subject.@Nullable Member member) {
        return new Subject(
                row.getUUID("id"),
                row.getString("name"),
                ZoneId.of(row.getString("time_zone")),
                row.getString("currency"),
                member);
    }
}
