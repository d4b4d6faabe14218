package dev.tributary.payout;

import dev.tributary.ledger.Ledger;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Payouts that are asked for, one at a time; by the same rules as those of runs. */
@ApplicationScoped
public class Requests {
    private final Candidates candidates;
    private final Making making;
    private final Ledger ledger;
    private final Payouts payouts;
    private final Clock clock;

    Requests(Candidates candidates, Making making, Ledger ledger, Payouts payouts, Clock clock) {
        this.candidates = candidates;
        this.making = making;
        this.ledger = ledger;
        this.payouts = payouts;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param payoutId empty where something bars, as {@link Seen#bars} tells
     */
    public record Asked(Optional<UUID> payoutId, Seen seen) {}

    /**
     * Makes a payout of all that is available to an enrollment. Whether they may ask at all, by the program's terms and by
     * trust, is the caller's to know. Of two at once one finds the other's under way.
     */
    public Uni<Asked> make(SqlConnection tx, UUID programId, UUID enrollmentId, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        payouts.nudgeAfter(tx);
        return candidates.payer(tx, programId).chain(payer -> ledger.lockAvailable(
                        tx, List.of(enrollmentId), payer.currency())
                .chain(locked -> candidates.look(tx, payer, List.of(enrollmentId), now))
                .chain(seen -> {
                    if (seen.isEmpty()) throw Problem.notFound("Enrollment");
                    return making.make(tx, payer, seen, new Making.Cause(null, "request", by, by), now)
                            .map(made -> new Asked(made.stream().findFirst(), seen.get(0)));
                }));
    }
}
