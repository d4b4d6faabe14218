package dev.tributary.payout;

import dev.tributary.payout.PayoutState.Approved;
import dev.tributary.payout.PayoutState.Canceled;
import dev.tributary.payout.PayoutState.Requested;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Submitted;
import dev.tributary.payout.PayoutState.Waiting;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Money on its way out to one enrollment. What people decide, what rails answer and what providers tell each make a
 * {@link Step}; the same said twice makes none.
 *
 * @param hold why it waits, or empty
 * @param transfers what the provider told of it so far
 * @param booked what the books say of it since it ended
 */
public record Payout(UUID id, Amounts amounts, String hold, PayoutState state, Transfers transfers, Booked booked) {

    public static Payout requested(UUID id, Amounts amounts) {
        return new Payout(id, amounts, "", new Requested(), Transfers.NONE, Booked.NOTHING);
    }

    public boolean isHeld() {
        return !hold.isEmpty();
    }

    public Step approve() {
        if (!(state instanceof Requested requested)) throw conflict("approved");
        return Step.to(in(requested.approved()));
    }

    public Step hold(String reason) {
        if (!state.mayStop()) throw conflict("held");
        return Step.to(new Payout(id, amounts, reason, state, transfers, booked));
    }

    public Step letGo() {
        return hold("");
    }

    /** Not where the provider already tells of it: what has left is not stopped by forgetting it. */
    public Step cancel(String reason) {
        if (!(state instanceof Waiting waiting) || !transfers.isEmpty()) throw conflict("canceled");
        return Step.to(in(waiting.canceled(reason)), new Effect.Release(amounts.gross()));
    }

    public boolean maySubmit() {
        return state.maySubmit() && !isHeld();
    }

    /** Claims it for sending. Send only what is submitted then: where the provider tells of it already, it is paid at once. */
    public Step submit(Instant now) {
        if (!maySubmit()) throw new IllegalStateException("A %s payout is not sent".formatted(state.word()));
        return Settling.of(in(((Approved) state).submitted(Attempts.first(now))), now);
    }

    /** Claims it for sending the same again, when the plan says so. */
    public Step submitAgain(Instant now) {
        Sent sent = sent();
        if (sent.attempts().open()) throw new IllegalStateException("An attempt is under way");
        return Step.to(in(sent.submitted(sent.attempts().again(now))));
    }

    /** An attempt's answer. Of one that is no longer waited for only what the provider has counts. */
    public Step answered(int attempt, Answer answer, Traits traits, Instant now) {
        if (answer instanceof Answer.Known known) return told(known.transfer(), traits, now);
        if (!(state instanceof Sent sent)
                || !sent.attempts().open()
                || sent.attempts().count() != attempt) return Step.to(this);
        boolean doubted = sent.attempts().doubtful();
        if (answer instanceof Answer.Refused refused && !doubted)
            return Step.to(in(sent.failed(refused.code())), new Effect.Release(amounts.gross()));
        Attempts next = sent.attempts().answered(answer, traits, now);
        Payout then = in(next.doubtful() ? sent.unknown(next) : sent.submitted(next));
        return answer.alerts() ? Step.to(then, new Effect.Page(alarm(answer))) : Step.to(then);
    }

    private static Effect.Alarm alarm(Answer answer) {
        if (answer instanceof Answer.KeyReused) return Effect.Alarm.KEY_REUSED;
        return answer instanceof Answer.OutOfFunds ? Effect.Alarm.OUT_OF_FUNDS : Effect.Alarm.RAIL_DOWN;
    }

    /** Nobody waits for the attempt's answer any more. */
    public Step lost(Instant now) {
        if (!(state instanceof Submitted submitted)
                || !submitted.attempts().open()
                || now.isBefore(submitted.attempts().lostAt())) return Step.to(this);
        return Step.to(in(submitted.unknown(submitted.attempts().lost(now))));
    }

    public Step found(Finding finding, Traits traits, Instant now) {
        if (finding instanceof Finding.Found found) {
            Step step = Step.to(this);
            List<Effect> effects = new ArrayList<>();
            for (Transfer each : found.transfers()) {
                step = step.payout().told(each, traits, now);
                effects.addAll(step.effects());
            }
            return new Step(step.payout(), effects);
        }
        if (!(state instanceof Sent sent)) return Step.to(this);
        Attempts next = finding instanceof Finding.Absent
                ? sent.attempts().absent(now)
                : sent.attempts().paused(now.plus(Attempts.UNCLEAR_PAUSE));
        return Step.to(in(sent instanceof Submitted ? sent.submitted(next) : sent.unknown(next)));
    }

    /** What a provider tells, by whatever way, in any order and any number of times. */
    public Step told(Transfer transfer, Traits traits, Instant now) {
        boolean mine =
                transfer.movedMinor() == amounts.net() && transfer.currency().equals(amounts.currency());
        if (!mine) return mismatch();
        Transfers next = transfers.with(transfer);
        if (state instanceof Waiting && next.outMinor() > 0 && transfers.outMinor() == 0)
            return Step.to(
                    new Payout(id, amounts, "The provider tells of it", state, next, booked),
                    new Effect.Page(Effect.Alarm.NOT_SENT_BY_US));
        Payout then = new Payout(id, amounts, hold, state, next, booked);
        return Settling.of(then, now.plus(traits.pollEvery()));
    }

    /** A provider tells of another payout's transfer for this one. */
    Step confused() {
        return mismatch();
    }

    private Step mismatch() {
        Effect page = new Effect.Page(Effect.Alarm.MISMATCH);
        if (!(state instanceof Sent sent)) return Step.to(this, page);
        Attempts asking = sent.attempts().asking(Ask.MISMATCH);
        return Step.to(in(sent instanceof Submitted ? sent.submitted(asking) : sent.unknown(asking)), page);
    }

    /** A person found out that it left, under this id. Whatever the provider tells of that id later holds instead. */
    public Step settle(String transferId, Traits traits, Instant now) {
        if (!(state instanceof Sent sent)) throw conflict("settled");
        Instant claimed = sent.attempts().first();
        return told(Transfer.done(transferId, amounts.net(), amounts.currency(), claimed), traits, now);
    }

    /** A person gives it up; refused while it may be under way or be found by asking. */
    public Step fail(String reason, Traits traits, Instant now) {
        if (!mayDecide(traits, now)) throw conflict("given up");
        return Step.to(in(sent().failed(reason)), new Effect.Release(amounts.gross()));
    }

    /** A person wants it sent again, with the same key; refused as {@link #fail} is. The next claim sends it. */
    public Step sendAgain(Traits traits, Instant now) {
        if (!mayDecide(traits, now)) throw conflict("sent again");
        Sent sent = sent();
        return Step.to(in(sent.submitted(sent.attempts().ordered(now))));
    }

    /** Whether a person may decide that it did not leave. */
    public boolean mayDecide(Traits traits, Instant now) {
        return state instanceof Sent sent
                && !transfers.any(Transfer.Status.PENDING)
                && !now.isBefore(sent.attempts().sendNotAfter())
                && sent.attempts().isSettled(traits, now);
    }

    Payout in(PayoutState next) {
        return new Payout(id, amounts, next instanceof Canceled ? "" : hold, next, transfers, booked);
    }

    private Sent sent() {
        if (state instanceof Sent sent) return sent;
        throw new IllegalStateException("A %s payout is not under way".formatted(state.word()));
    }

    private Problem conflict(String verb) {
        return new Problem(ProblemKind.CONFLICT, "A payout that is %s cannot be %s now".formatted(state.word(), verb));
    }
}
