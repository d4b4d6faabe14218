package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The programs and their enrollments, for the rooms downstream. */
@ApplicationScoped
public class Programs {
    private final ProgramRepository programs;
    private final EnrollmentRepository enrollments;
    private final Notifier notifier;

    Programs(ProgramRepository programs, EnrollmentRepository enrollments, Notifier notifier) {
        this.programs = programs;
        this.enrollments = enrollments;
        this.notifier = notifier;
    }

    public Uni<Optional<Program>> find(SqlConnection tx, UUID id) {
        return programs.find(tx, id);
    }

    /** The same; 404 where there is none. */
    public Uni<Program> get(SqlConnection c, UUID id) {
        return programs.get(c, id);
    }

    /** Switches the leaderboard of a program on or off; answers what it was. 404 where there is none. */
    public Uni<Boolean> showLeaderboard(SqlConnection tx, UUID id, boolean shown, Instant now) {
        notifier.changedBy(tx, "links");
        return programs.lock(tx, id)
                .call(() -> programs.showLeaderboard(tx, id, shown, now))
                .map(program -> program.rules().leaderboard());
    }

    /** The program with this public id or slug. */
    public Uni<Optional<Program>> named(SqlConnection c, String idOrSlug) {
        return TypeId.PROGRAM
                .parse(idOrSlug)
                .map(id -> programs.find(c, id))
                .orElseGet(() -> programs.bySlug(c, idOrSlug));
    }

    /**
     * The enrollment that an affiliate speaks of, whatever its status: the one in this program, or without a program its
     * only one. 404 where there is none, 400 where there are several to choose from.
     */
    public Uni<Enrollment> own(SqlConnection c, UUID affiliateId, @Nullable UUID programId) {
        return enrollments.ofAffiliate(c, affiliateId, programId).map(found -> {
            if (found.isEmpty()) throw Problem.notFound("Enrollment");
            if (found.size() > 1)
                throw Problem.field(
                        "programId", "required", "programId is needed by those who are in several programs");
            return found.get(0);
        });
    }

    /** The enrollment of an affiliate in a program, whatever its status. */
    public Uni<Optional<Enrollment>> enrollment(SqlConnection tx, UUID programId, UUID affiliateId) {
        return enrollments.of(tx, programId, affiliateId);
    }
}
