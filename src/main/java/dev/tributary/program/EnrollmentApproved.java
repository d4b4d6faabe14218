package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** What a room downstream does in the transaction in which an enrollment becomes active for the first time. Found by CDI. */
public interface EnrollmentApproved {
    Uni<Void> approved(SqlConnection tx, Enrollment enrollment);
}
