package dev.tributary.payout;

import dev.tributary.ledger.Ledger;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The steps of runs: some hundred enrollments in the order of their ids, looked at in one transaction, in which payouts are
 * made, money is reserved and the place is kept. Whoever takes a step may die at any moment; the next goes on from there.
 */
@ApplicationScoped
class Chunks {
    /** As many as other rooms answer for at once. */
    static final int MOST = Candidates.MOST;

    /** A thousand payouts of fifty commissions each take some two seconds of a busy machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final Trust TRUST = Trust.DEFAULT;

    private final RunRepository runs;
    private final CandidateRepository members;
    private final Candidates candidates;
    private final Trusts trusts;
    private final Making making;
    private final Ledger ledger;
    private final Transactions transactions;
    private final Clock clock;

    Chunks(
            RunRepository runs,
            CandidateRepository members,
            Candidates candidates,
            Trusts trusts,
            Making making,
            Ledger ledger,
            Transactions transactions,
            Clock clock) {
        this.runs = runs;
        this.members = members;
        this.candidates = candidates;
        this.trusts = trusts;
        this.making = making;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** How a step went. */
    enum Outcome {
        /** There may be more. */
        WENT_ON,
        /** The run is over, or was before. */
        OVER,
        /** Somebody else is at it. */
        BUSY
    }

    /** One step of a run, with at most so many enrollments. */
    Uni<Outcome> step(UUID runId, int size) {
        Instant now = now();
        return transactions.run(DEADLINE, tx -> runs.lock(tx, runId)
                .chain(found -> found.isPresent() ? step(tx, found.get(), size, now) : unlocked(tx, runId)));
    }

    private Uni<Outcome> unlocked(SqlConnection tx, UUID runId) {
        return runs.find(tx, runId)
                .map(found ->
                        found.filter(run -> run.state().equals("running")).isPresent() ? Outcome.BUSY : Outcome.OVER);
    }

    private Uni<Outcome> step(SqlConnection tx, Run run, int size, Instant now) {
        return members.after(tx, run.programId(), run.cursor().orElse(BEFORE_ALL), size, run.isDaily())
                .chain(ids -> ids.isEmpty()
                        ? runs.end(tx, run.id(), "done", now, null).replaceWith(Outcome.OVER)
                        : pay(tx, run, ids, now).replaceWith(Outcome.WENT_ON));
    }

    private Uni<Void> pay(SqlConnection tx, Run run, List<UUID> ids, Instant now) {
        UUID last = ids.get(ids.size() - 1);
        return candidates.payer(tx, run.programId()).chain(payer -> ledger.lockAvailable(tx, ids, payer.currency())
                .chain(locked -> look(tx, payer, ids, run.isDaily(), now))
                .call(seen -> making.make(tx, payer, seen, cause(run), now))
                .chain(seen -> {
                    add(run.sheet(), payer, seen);
                    return runs.advance(tx, run.id(), last, run.sheet());
                }));
    }

    private static Making.Cause cause(Run run) {
        return new Making.Cause(run.id(), run.kind(), run.startedBy(), "run");
    }

    /** Who is not trusted any more is not looked at by a daily run: the month pays them. */
    private Uni<List<Seen>> look(SqlConnection c, Payer payer, List<UUID> ids, boolean daily, Instant now) {
        if (!daily) return candidates.look(c, payer, ids, now);
        return trusts.of(c, ids)
                .map(known -> ids.stream().filter(id -> trusted(known, id, now)).toList())
                .chain(trusted -> candidates.look(c, payer, trusted, now));
    }

    private static boolean trusted(Map<UUID, Trust.Record> known, UUID id, Instant now) {
        Trust.Record record = known.get(id);
        return record != null && TRUST.lacking(record, now).isEmpty();
    }

    private static void add(RunSheet sheet, Payer payer, List<Seen> seen) {
        for (Seen each : seen) {
            if (each.isPaid()) sheet.pay(each.amounts(), Making.approval(payer, each));
            else sheet.leaveOut(each.bars());
        }
    }

    /**
     * The same without writing anything: adds one chunk to the sheet, and answers where the next begins; nothing after the last.
     *
     * @param after empty for the first
     */
    Uni<Optional<UUID>> rehearse(SqlConnection c, UUID program, String kind, Optional<UUID> after, RunSheet sheet) {
        boolean daily = kind.equals(Period.Kind.DAILY.word());
        Instant now = now();
        return members.after(c, program, after.orElse(BEFORE_ALL), MOST, daily).chain(ids -> {
            if (ids.isEmpty()) return Uni.createFrom().item(Optional.<UUID>empty());
            return candidates
                    .payer(c, program)
                    .chain(payer -> look(c, payer, ids, daily, now).invoke(seen -> add(sheet, payer, seen)))
                    .replaceWith(Optional.of(ids.get(ids.size() - 1)));
        });
    }

    /** Ends a run that cannot go on, with why; starting it again resumes it. */
    Uni<Void> fail(UUID runId, String why) {
        return transactions.run(tx -> runs.end(tx, runId, "failed", now(), why));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
