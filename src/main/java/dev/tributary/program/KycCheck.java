package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;

/**
 * The step of a registration that finds out who the applicant is. There is one: {@link ManualReview}, unless an
 * installation brings a bean of its own for a provider.
 *
 * <p>It begins in the registration's transaction and must not go to the network there. A provider's check writes what it
 * needs (an outbox event of its own, say), answers {@link KycStatus#PENDING}, and tells the outcome through
 * {@link Applications#checked}.
 */
public interface KycCheck {
    /** A word that stands beside what it found, such as {@code manual}. */
    String name();

    /** Begins the check of an applicant whom no earlier one has cleared; answers what is known at once. */
    Uni<KycStatus> begin(SqlConnection tx, Applicant applicant);

    /** Who is checked. */
    record Applicant(UUID applicationId, UUID affiliateId, String country) {}
}
