package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The programs and their enrollments, for the rooms downstream. */
@ApplicationScoped
public class Programs {
    private final ProgramRepository programs;
    private final EnrollmentRepository enrollments;

    Programs(ProgramRepository programs, EnrollmentRepository enrollments) {
        this.programs = programs;
        this.enrollments = enrollments;
    }

    public Uni<Optional<Program>> find(SqlConnection tx, UUID id) {
        return programs.find(tx, id);
    }

    /** The enrollment of an affiliate in a program, whatever its status. */
    public Uni<Optional<Enrollment>> enrollment(SqlConnection tx, UUID programId, UUID affiliateId) {
        return enrollments.of(tx, programId, affiliateId);
    }
}
