package dev.tributary.conversion;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Lets events that come at the same moment share a transaction: while some are being stored the next ones gather, and go
 * together when there is room. Nobody waits for others to come, and a lone event goes at once.
 *
 * <p>A transaction costs PostgreSQL several times what a row in it costs. Where a gathered one fails by what is in it, its
 * halves are tried apart, down to single calls, so that nobody suffers from a neighbour.
 */
@ApplicationScoped
class Gathering {
    /** One works in the database while the other waits for its disk; more only make the batches smaller. */
    private static final int AT_ONCE = 2;
    /** Some seconds of work, in memory some tens of megabytes; more is told to come again later. */
    private static final int MOST_WAITING = 20_000;

    private final Transactions transactions;
    private final Intake intake;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private int waitingEvents;
    private int running;

    Gathering(Transactions transactions, Intake intake) {
        this.transactions = transactions;
        this.intake = intake;
    }

    private record Call(List<Incoming> events, UniEmitter<? super List<Outcome>> answer) {}

    /** Answers one for each event, in their order, once they are committed. */
    Uni<List<Outcome>> take(List<Incoming> events) {
        return Uni.createFrom()
                .<List<Outcome>>emitter(answer -> {
                    wait(new Call(events, answer));
                    begin();
                })
                .ifNoItem()
                .after(Transactions.DEADLINE)
                .fail()
                .emitOn(here());
    }

    /** A request must not go on in the context of another. */
    private static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(run -> work.run());
    }

    private synchronized void wait(Call call) {
        if (waitingEvents + call.events.size() > MOST_WAITING) {
            call.answer.fail(new Problem(ProblemKind.UNAVAILABLE, "Too many events wait; try again in a second"));
            return;
        }
        waiting.add(call);
        waitingEvents += call.events.size();
    }

    private void begin() {
        List<Call> batch = next();
        if (batch.isEmpty()) return;
        together(batch).onTermination().invoke(this::done).subscribe().with(stored -> {}, failure -> {});
    }

    private synchronized List<Call> next() {
        List<Call> batch = new ArrayList<>();
        if (running == AT_ONCE) return batch;
        int events = 0;
        while (!waiting.isEmpty() && events + waiting.peek().events.size() <= Conversions.MOST) {
            Call call = waiting.remove();
            events += call.events.size();
            batch.add(call);
        }
        waitingEvents -= events;
        if (!batch.isEmpty()) running++;
        return batch;
    }

    private void done() {
        synchronized (this) {
            running--;
        }
        begin();
    }

    private Uni<Void> together(List<Call> batch) {
        List<Incoming> all =
                batch.stream().flatMap(call -> call.events.stream()).toList();
        return transactions
                .run(tx -> intake.take(tx, all))
                .invoke(outcomes -> answer(batch, outcomes))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> batch.size() > 1 && isAbout(failure) ? apart(batch) : fail(batch, failure));
    }

    /** Whether it may be about one of the events, and not about a database that is away: then all would only wait longer. */
    private static boolean isAbout(Throwable failure) {
        if (failure instanceof PgException refusal) {
            String state = String.valueOf(refusal.getSqlState());
            return state.startsWith("22") || state.startsWith("23");
        }
        return failure instanceof IllegalStateException || failure instanceof IllegalArgumentException;
    }

    private static void answer(List<Call> batch, List<Outcome> outcomes) {
        int from = 0;
        for (Call call : batch) {
            int to = from + call.events.size();
            call.answer.complete(outcomes.subList(from, to));
            from = to;
        }
    }

    private static Uni<Void> fail(List<Call> batch, Throwable failure) {
        batch.forEach(call -> call.answer.fail(failure));
        return Uni.createFrom().voidItem();
    }

    /** By halves, so that one bad call among many costs a few transactions and not one for each neighbour. */
    private Uni<Void> apart(List<Call> batch) {
        int half = batch.size() / 2;
        return together(batch.subList(0, half)).chain(() -> together(batch.subList(half, batch.size())));
    }
}
