package dev.tributary.payout.admin;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.payout.Run;
import dev.tributary.payout.Runs;
import dev.tributary.payout.TermsRepository;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Starts runs by hand, and rehearses them. */
@ApplicationScoped
class RunStarts {
    /** Some hundred thousand enrollments; what is larger is rehearsed from the command line. */
    private static final Duration LONGEST_REHEARSAL = Duration.ofSeconds(25);

    private final Runs runs;
    private final RunQueries queries;
    private final Programs programs;
    private final TermsRepository terms;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Changes changes;
    private final Caller caller;
    /** One at a time on an instance: each reads all that there is of a program. */
    private final AtomicBoolean rehearsing = new AtomicBoolean();

    RunStarts(
            Runs runs,
            RunQueries queries,
            Programs programs,
            TermsRepository terms,
            Transactions transactions,
            Idempotency idempotency,
            Changes changes,
            Caller caller) {
        this.runs = runs;
        this.queries = queries;
        this.programs = programs;
        this.terms = terms;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.changes = changes;
        this.caller = caller;
    }

    /** Answers with the run, which is carried out after that; 409 while another by hand goes on in the program. */
    Uni<Response> start(@Nullable String key, RunInput input, UUID program) {
        return idempotency.run(key, caller.method() + " " + caller.path(), input, tx -> terms.lock(tx, program)
                .chain(() -> programs.get(tx, program))
                .chain(() -> refuseSecond(tx, program))
                .chain(() -> runs.start(tx, program, caller.id()))
                .chain(run -> begun(tx, run)));
    }

    private Uni<Void> refuseSecond(SqlConnection tx, UUID program) {
        return queries.goesOn(tx, program)
                .invoke(goesOn -> {
                    if (goesOn)
                        throw new Problem(ProblemKind.CONFLICT, "A run that was started by hand goes on already");
                })
                .replaceWithVoid();
    }

    private Uni<Response> begun(SqlConnection tx, Run run) {
        return queries.find(tx, run.id()).map(found -> found.orElseThrow()).chain(view -> changes.record(
                        tx, Change.created(TypeId.PAYOUT_RUN, run.id(), view))
                .replaceWith(() -> Response.accepted(view)
                        .location(URI.create("/api/admin/payout-runs/" + view.id()))
                        .build()));
    }

    /** What one would come to now. */
    Uni<Response> rehearse(UUID program) {
        return transactions
                .read(c -> programs.get(c, program))
                .chain(found -> {
                    if (!rehearsing.compareAndSet(false, true))
                        throw new Problem(ProblemKind.CONFLICT, "Another dry run goes on; ask again soon");
                    return runs.rehearse(program, "manual")
                            .ifNoItem()
                            .after(LONGEST_REHEARSAL)
                            .fail()
                            .onTermination()
                            .invoke(() -> rehearsing.set(false));
                })
                .map(sheet -> Response.ok(RehearsalView.of(program, sheet)).build());
    }
}
