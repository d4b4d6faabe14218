package dev.tributary.promo;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to use a code. All who apply one code wait for its row, one after the other; they wait here, without a
 * connection, so that a code that everybody uses at once takes a few connections and not all of them.
 */
@ApplicationScoped
class CodeTurns {
    /** One holds the row and the others are on their way to it; more would only hold connections. */
    static final int AT_ONCE = 4;
    /** Of one code in one process: what a database does in the time that they wait. */
    static final int WAITING = 1_000;
    /** With the transaction's own deadline an answer comes within 5 seconds. */
    static final Duration LONGEST = Duration.ofMillis(2_500);

    private final io.vertx.mutiny.core.Vertx vertx;
    private final Map<String, Code> codes = new HashMap<>();

    CodeTurns(io.vertx.mutiny.core.Vertx vertx) {
        this.vertx = vertx;
    }

    private static final class Code {
        private final Queue<Waiter> waiting = new ArrayDeque<>();
        private int working;
    }

    /** The work, in its turn; 503 where too many wait or the turn does not come in time. Once begun it is not broken off. */
    <T> Uni<T> inTurn(String code, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context here = Vertx.currentContext() == null ? null : vertx.getOrCreateContext();
            Waiter waiter = new Waiter(() -> run(code, work, emitter, here), () -> emitter.fail(busy()));
            long timer = vertx.setTimer(LONGEST.toMillis(), fired -> waiter.giveUp(true));
            emitter.onTermination(() -> {
                vertx.cancelTimer(timer);
                waiter.giveUp(false);
            });
            queue(code, waiter);
        });
    }

    private void queue(String code, Waiter waiter) {
        boolean full = false;
        synchronized (codes) {
            Code turns = codes.computeIfAbsent(code, first -> new Code());
            if (turns.working >= AT_ONCE && turns.waiting.size() == WAITING) turns.waiting.removeIf(Waiter::isGone);
            if (turns.working >= AT_ONCE && turns.waiting.size() < WAITING) {
                turns.waiting.add(waiter);
                return;
            }
            if (turns.working >= AT_ONCE) full = true;
            else turns.working++;
        }
        if (full) waiter.giveUp(true);
        else if (!waiter.begin()) next(code);
    }

    private <T> void run(String code, Supplier<Uni<T>> work, UniEmitter<? super T> emitter, @Nullable Context here) {
        Runnable begin = () -> Uni.createFrom()
                .deferred(work::get)
                .onTermination()
                .invoke(() -> next(code))
                .subscribe()
                .with(emitter::complete, emitter::fail);
        if (here == null) begin.run();
        else here.runOnContext(begin);
    }

    private void next(String code) {
        while (true) {
            Waiter waiter;
            synchronized (codes) {
                // It stays for as long as anybody is at work on it, which the caller was.
                Code turns = Objects.requireNonNull(codes.get(code));
                waiter = turns.waiting.poll();
                if (waiter == null) {
                    if (--turns.working == 0) codes.remove(code);
                    return;
                }
            }
            if (waiter.begin()) return;
        }
    }

    private static Problem busy() {
        return new Problem(ProblemKind.UNAVAILABLE, "Too many use this code at this moment; try again");
    }

    /** One in the queue, until it is begun or gives up: whichever comes first. */
    private static final class Waiter {
        private final AtomicBoolean decided = new AtomicBoolean();
        private final Runnable work;
        private final Runnable refusal;

        Waiter(Runnable work, Runnable refusal) {
            this.work = work;
            this.refusal = refusal;
        }

        boolean begin() {
            if (!decided.compareAndSet(false, true)) return false;
            work.run();
            return true;
        }

        void giveUp(boolean told) {
            if (decided.compareAndSet(false, true) && told) refusal.run();
        }

        /** Of one that still stands in the queue. */
        boolean isGone() {
            return decided.get();
        }
    }
}
