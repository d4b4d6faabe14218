package dev.tributary.analytics.report;

import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what a report is of. Where only one program can be meant, nobody has to name it. */
@ApplicationScoped
class Grounds {
    static final String PROGRAM = "programId";
    static final String AFFILIATE = "affiliateId";
    /** Two rows tell that there are several. */
    private static final String PROGRAMS =
            """
            SELECT id, time_zone, currency FROM program WHERE $1::uuid IS NULL OR id = $1 ORDER BY id LIMIT 2
            """;

    private static final String ENROLLED =
            """
            SELECT p.id, p.time_zone, p.currency FROM enrollment e JOIN program p ON p.id = e.program_id
             WHERE e.affiliate_id = $2 AND ($1::uuid IS NULL OR e.program_id = $1) ORDER BY e.id LIMIT 2
            """;

    private final Transactions transactions;

    Grounds(Transactions transactions) {
        this.transactions = transactions;
    }

    /** For staff: a program. */
    Uni<Ground> ofProgram(UriInfo uri) {
        return find(uri, null, "Program");
    }

    /** For staff: a program, or the affiliate's part of it where {@code affiliateId} names one. */
    Uni<Ground> forStaff(UriInfo uri) {
        UUID affiliate = Params.id(uri, AFFILIATE, TypeId.AFFILIATE);
        return find(uri, affiliate, affiliate == null ? "Program" : "Enrollment");
    }

    /** For an affiliate: its own part, and never another's. */
    Uni<Ground> forAffiliate(UriInfo uri, UUID me) {
        return find(uri, me, "Enrollment");
    }

    private Uni<Ground> find(UriInfo uri, @Nullable UUID affiliate, String what) {
        UUID program = Params.id(uri, PROGRAM, TypeId.PROGRAM);
        return transactions
                .read(connection -> affiliate == null
                        ? connection.preparedQuery(PROGRAMS).execute(Tuple.of(program))
                        : connection.preparedQuery(ENROLLED).execute(Tuple.of(program, affiliate)))
                .map(rows -> only(rows, affiliate, what));
    }

    private static Ground only(RowSet<Row> rows, @Nullable UUID affiliate, String what) {
        if (rows.size() == 0) throw Problem.notFound(what);
        if (rows.size() > 1)
            throw Problem.field(PROGRAM, "required", "programId is needed: there are several programs to choose from");
        Row row = rows.iterator().next();
        return new Ground(
                row.getUUID("id"), affiliate, ZoneId.of(row.getString("time_zone")), row.getString("currency"));
    }
}
