package dev.tributary.program;

import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads whether somebody who comes into a program has accepted the terms that are valid there. */
@ApplicationScoped
class Consents {
    private final Agreements agreements;
    private final Clock clock;

    Consents(Agreements agreements, Clock clock) {
        this.agreements = agreements;
        this.clock = clock;
    }

    /**
     * The consent, or null where the program has no terms; 400 where they were not accepted, or another version was.
     *
     * @param accepted the tick in the box
     */
    Uni<Application.@Nullable Consent> of(
            SqlConnection tx,
            UUID programId,
            @Nullable UUID agreementId,
            @Nullable Boolean accepted,
            Agreement.Acceptance from) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return agreements.current(tx, programId).map(current -> read(current, agreementId, accepted, from, now));
    }

    static Application.@Nullable Consent read(
            Optional<Agreement> current,
            @Nullable UUID agreementId,
            @Nullable Boolean accepted,
            Agreement.Acceptance from,
            Instant now) {
        if (current.isEmpty()) {
            if (agreementId != null)
                throw Problem.field("agreementId", "unknown", "This program has no agreement that is valid now");
            return null;
        }
        Agreement agreement = current.get();
        if (agreementId == null)
            throw Problem.field("agreementId", "required", "This program has an agreement; accept it by its id");
        if (!agreement.id().equals(agreementId))
            throw Problem.field("agreementId", "outdated", "Version %d is valid now".formatted(agreement.number()));
        if (!Boolean.TRUE.equals(accepted))
            throw Problem.field("accepted", "required", "accepted is true where the agreement was read and accepted");
        return new Application.Consent(agreement.id(), agreement.number(), now, from);
    }
}
