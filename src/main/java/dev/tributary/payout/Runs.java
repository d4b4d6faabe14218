package dev.tributary.payout;

import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door to runs: starts them, tells how far they have come, and what one would come to. */
@ApplicationScoped
public class Runs {
    private final RunRepository repository;
    private final Chunks chunks;
    private final RunLoop loop;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    Runs(RunRepository repository, Chunks chunks, RunLoop loop, Transactions transactions, Ids ids, Clock clock) {
        this.repository = repository;
        this.chunks = chunks;
        this.loop = loop;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Starts one by hand, which looks at everybody in the program; it is carried out after the caller's transaction. */
    public Uni<Run> start(SqlConnection tx, UUID programId, String by) {
        return start(tx, programId, Run.MANUAL, null, by).map(Optional::orElseThrow);
    }

    /** Starts the one that is for a period, or resumes it where it failed; nobody where it was run or goes on. */
    public Uni<Optional<Run>> start(SqlConnection tx, UUID programId, Period period, String by) {
        return start(tx, programId, period.kind().word(), period.key(), by);
    }

    private Uni<Optional<Run>> start(
            SqlConnection tx, UUID programId, String kind, @Nullable String period, String by) {
        transactions.afterCommit(tx, loop::nudge);
        return repository
                .start(
                        tx,
                        ids.next(),
                        programId,
                        kind,
                        period,
                        by,
                        clock.instant().truncatedTo(ChronoUnit.MICROS))
                .chain(id -> id.isPresent()
                        ? repository.find(tx, id.get())
                        : Uni.createFrom().item(Optional.<Run>empty()));
    }

    public Uni<Optional<Run>> find(SqlConnection c, UUID id) {
        return repository.find(c, id);
    }

    /** The one that is or was for a period. */
    public Uni<Optional<Run>> find(SqlConnection c, UUID programId, Period period) {
        return repository.find(c, programId, period);
    }

    /** Newest first, before one. */
    public Uni<List<Run>> list(SqlConnection c, UUID before, @Nullable UUID programId, int limit) {
        return repository.list(c, before, programId, limit);
    }

    /** What a run would come to now; nothing is written. Takes a second for some ten thousand enrollments. */
    public Uni<RunSheet> rehearse(UUID programId, String kind) {
        RunSheet sheet = new RunSheet();
        return rehearse(programId, kind, Optional.empty(), sheet).replaceWith(sheet);
    }

    private Uni<Void> rehearse(UUID programId, String kind, Optional<UUID> after, RunSheet sheet) {
        return transactions
                .read(c -> chunks.rehearse(c, programId, kind, after, sheet))
                .chain(next -> next.isPresent()
                        ? rehearse(programId, kind, next, sheet)
                        : Uni.createFrom().voidItem());
    }
}
