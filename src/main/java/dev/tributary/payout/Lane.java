package dev.tributary.payout;

import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Pace;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What one instance does on one rail: it claims as many payouts as it can send within a few seconds, sends them one by
 * one at the rail's pace, and writes the answers in batches as they come. All of it runs on one event loop, so nothing
 * here is locked.
 *
 * <p>The pace is one instance's: with several, the setting of each is the provider's limit divided by their number.
 */
final class Lane {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    /** Of claims that were not sent yet: a sixth of the time in which they must be. */
    private static final int SECONDS_AHEAD = 5;
    /** Claimed, asked or answered and not written: each holds some kilobytes. */
    static final int MOST_UNDER_WAY = 400;

    private static final int MOST_CLAIMED = 200;
    private static final int MOST_WRITTEN = 100;
    /** One alone is a single core of PostgreSQL, most of it for the commissions that are paid. */
    private static final int MOST_WRITERS = 2;
    /**
     * So long answers are gathered, unless there are enough: written as they came they were six at a time, and the
     * statements of a part cost as much as those of a hundred (measured). Whoever dies meanwhile leaves them to be
     * looked up.
     */
    private static final long GATHER_MILLIS = 100;

    private static final int MOST_TRIES = 5;
    /** The rail's own limits end a call long before; this is for one that breaks its promise. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final Rail rail;
    private final Claims claims;
    private final Answers answers;
    private final Pace pace;
    private final Deque<Errand> waiting = new ArrayDeque<>();
    private final List<Heard> heard = new ArrayList<>();
    private int underWay;
    private int tries;
    private boolean claiming;
    private boolean again;
    private boolean leaving;
    private int writers;
    private boolean gathering;
    private boolean stopped;
    private boolean failing;

    Lane(Vertx vertx, Context context, Rail rail, Claims claims, Answers answers) {
        this.vertx = vertx;
        this.context = context;
        this.rail = rail;
        this.claims = claims;
        this.answers = answers;
        pace = new Pace(rail.perSecond(), System::nanoTime);
    }

    void nudge() {
        context.runOnContext(run -> claim());
    }

    /**
     * What is claimed and was not sent is left to be taken as lost; what is under way is written while there is time.
     */
    void stop() {
        context.runOnContext(run -> {
            stopped = true;
            waiting.clear();
            write();
        });
    }

    private void claim() {
        int room = Math.min(room(), MOST_UNDER_WAY - underWay);
        again = claiming || isSupplied() || room <= 0;
        if (again || stopped) return;
        claiming = true;
        claims.take(rail, room)
                .subscribe()
                .with(
                        taken -> context.runOnContext(run -> claimed(taken, room)),
                        failure -> context.runOnContext(run -> notClaimed(failure)));
    }

    /** Half of the last claim is still to be sent: the next one is made meanwhile, so that the pace is kept. */
    private boolean isSupplied() {
        return waiting.size() > room() / 2;
    }

    private int room() {
        return Math.max(1, Math.min(MOST_CLAIMED, rail.perSecond() * SECONDS_AHEAD));
    }

    private void claimed(Claims.Taken taken, int room) {
        claiming = false;
        failing = false;
        again |= taken.taken() == room;
        underWay += taken.errands().size();
        waiting.addAll(taken.errands());
        leave();
        if (again) claim();
    }

    private void notClaimed(Throwable failure) {
        claiming = false;
        if (!failing) LOG.warnf(failure, "Payouts on %s wait: they could not be claimed", rail.name());
        failing = true;
    }

    /** One errand each time its turn has come; asked again just before it leaves, so that no delay bunches them. */
    private void leave() {
        if (leaving || stopped || waiting.isEmpty()) return;
        Duration wait = pace.takeIfFree();
        if (!wait.isZero()) {
            leaving = true;
            vertx.setTimer(
                    Math.max(1, (wait.toNanos() + 999_999) / 1_000_000),
                    timer -> context.runOnContext(run -> {
                        leaving = false;
                        leave();
                    }));
            return;
        }
        go(waiting.poll());
        if (again) claim();
        leave();
    }

    private void go(Errand errand) {
        hear(errand).subscribe().with(back -> context.runOnContext(run -> came(back)), failure -> lost(failure));
    }

    private void lost(Throwable failure) {
        pace.answered();
        context.runOnContext(run -> underWay--);
        LOG.error("A rail's answer was lost", failure);
    }

    private Uni<Heard> hear(Errand errand) {
        if (errand instanceof Errand.Send send)
            return Uni.createFrom()
                    .deferred(() -> rail.send(send.instruction(), send.deadline()))
                    .ifNoItem()
                    .after(LONGEST_CALL)
                    .fail()
                    .onFailure()
                    .recoverWithItem(
                            failure -> new Reply.Silence(failure.getClass().getSimpleName()))
                    .map(reply -> new Heard.Replied(errand.payoutId(), send.attempt(), reply));
        Errand.LookUp look = (Errand.LookUp) errand;
        return Uni.createFrom()
                .deferred(() -> rail.lookUp(look.instruction(), look.transferIds()))
                .ifNoItem()
                .after(LONGEST_CALL)
                .fail()
                .onFailure()
                .recoverWithItem(
                        failure -> new Finding.Unclear(failure.getClass().getSimpleName()))
                .map(finding -> new Heard.Looked(errand.payoutId(), finding));
    }

    private void came(Heard back) {
        pace.answered();
        heard.add(back);
        if (stopped || heard.size() >= MOST_WRITTEN) write();
        else gather();
    }

    private void gather() {
        if (gathering) return;
        gathering = true;
        vertx.setTimer(
                GATHER_MILLIS,
                timer -> context.runOnContext(run -> {
                    gathering = false;
                    write();
                }));
    }

    private void write() {
        while (!heard.isEmpty() && writers < (tries == 0 ? MOST_WRITERS : 1)) {
            List<Heard> part =
                    Answers.parts(heard, tries == 0 ? MOST_WRITTEN : 1).get(0);
            heard.subList(0, part.size()).clear();
            writers++;
            answers.write(part)
                    .subscribe()
                    .with(
                            done -> context.runOnContext(run -> written(part)),
                            failure -> context.runOnContext(run -> notWritten(part, failure)));
        }
    }

    private void written(List<Heard> part) {
        underWay -= part.size();
        writers--;
        tries = 0;
        if (stopped || heard.size() >= MOST_WRITTEN) write();
        else if (!heard.isEmpty()) gather();
        if (again) claim();
    }

    /**
     * One by one then, after a pause. One that cannot be written after several is let go: its attempt is taken as lost
     * in time, and looked up.
     */
    private void notWritten(List<Heard> part, Throwable failure) {
        tries++;
        LOG.warnf(failure, "%d answers of %s could not be written", part.size(), rail.name());
        if (part.size() == 1 && failure instanceof TransferTaken) {
            confused(part);
            return;
        }
        if (part.size() == 1 && tries > MOST_TRIES) {
            written(part);
            return;
        }
        heard.addAll(0, part);
        vertx.setTimer(
                PAUSE_MILLIS,
                timer -> context.runOnContext(run -> {
                    writers--;
                    write();
                }));
    }

    private void confused(List<Heard> part) {
        answers.confused(part.get(0))
                .subscribe()
                .with(
                        done -> context.runOnContext(run -> written(part)),
                        failure -> context.runOnContext(run -> written(part)));
    }

    /** How many are claimed, asked or answered and not written. */
    int underWay() {
        return underWay;
    }
}
