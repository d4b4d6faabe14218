package dev.tributary.program;

import dev.tributary.id.Ids;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The agreements of programs and who accepted them, for registration and for the rooms downstream. */
@ApplicationScoped
public class Agreements {
    private final AgreementRepository repository;
    private final Ids ids;
    private final Clock clock;

    Agreements(AgreementRepository repository, Ids ids, Clock clock) {
        this.repository = repository;
        this.ids = ids;
        this.clock = clock;
    }

    /** The version that is valid now, or empty where the program has none. */
    public Uni<Optional<Agreement>> current(SqlConnection c, UUID programId) {
        return repository.current(c, programId, clock.instant());
    }

    /** How an enrollment stands to the valid version; empty where the program has none. */
    public Uni<Optional<AgreementState>> state(SqlConnection c, UUID enrollmentId) {
        return repository.state(c, enrollmentId, clock.instant());
    }

    /**
     * Fails with 403 {@code agreement_required} where the grace of a version that the enrollment has not accepted is over.
     * Ask before making anything new for it; what it has goes on.
     */
    public Uni<Void> require(SqlConnection c, UUID enrollmentId) {
        Instant now = clock.instant();
        return repository
                .state(c, enrollmentId, now)
                .invoke(state -> refuseWaiting(state, now))
                .replaceWithVoid();
    }

    /**
     * The version, where it can be accepted now: 404 where the program has no such version, 409 where a newer one is valid
     * or it has ended. Announced versions can be accepted before they are valid.
     */
    public Uni<Agreement> acceptable(SqlConnection c, UUID programId, UUID agreementId) {
        Instant now = clock.instant();
        return repository
                .find(c, programId, agreementId)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Agreement")))
                .call(asked -> repository.current(c, programId, now).invoke(current -> refuseOld(asked, current, now)));
    }

    /** Notes that an enrollment accepts a version now; a second time changes nothing. Fails as {@link #acceptable} does. */
    public Uni<Void> accept(SqlConnection tx, Enrollment enrollment, UUID agreementId, Agreement.Acceptance from) {
        return acceptable(tx, enrollment.programId(), agreementId)
                .chain(asked -> accept(tx, enrollment, asked.id(), clock.instant(), from));
    }

    /**
     * Notes that a version of the enrollment's program was accepted at a moment, with an application for example, even where
     * it is over since; a second time changes nothing.
     */
    public Uni<Void> accept(
            SqlConnection tx, Enrollment enrollment, UUID agreementId, Instant at, Agreement.Acceptance from) {
        Instant moment = at.truncatedTo(ChronoUnit.MICROS);
        return repository
                .accept(tx, ids.next(), agreementId, enrollment.id(), moment, from)
                .replaceWithVoid();
    }

    private static void refuseWaiting(Optional<AgreementState> state, Instant now) {
        if (state.filter(s -> !s.mayCreate(now)).isPresent())
            throw new Problem(
                    ProblemKind.AGREEMENT_REQUIRED,
                    "Accept version %d of the agreement first"
                            .formatted(state.orElseThrow().number()));
    }

    private static void refuseOld(Agreement asked, Optional<Agreement> current, Instant now) {
        if (asked.hasEnded(now)
                || current.filter(c -> c.number() > asked.number()).isPresent())
            throw new Problem(ProblemKind.CONFLICT, "Version %d is over".formatted(asked.number()));
    }
}
