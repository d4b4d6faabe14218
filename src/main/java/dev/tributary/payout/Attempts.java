package dev.tributary.payout;

import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Traits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All attempts of one payout, of which only the last can be under way.
 *
 * @param count from 1
 * @param first when the first was claimed: the provider may know the key since then
 * @param sendNotAfter when the last one's bytes must have left
 * @param open whether the last one has no answer yet
 * @param doubtful whether any of them may have moved money unknown to us
 * @param spent whether sending again would only bring the last answer again
 * @param absences how many look-ups proved that the provider has none
 * @param absentAt the latest of them, or one before proof was possible; null before any since the last attempt
 * @param notBefore when to do something next
 * @param ask what only a person can decide, or null
 * @param ordered whether a person decided that it is sent again
 */
public record Attempts(
        int count,
        Instant first,
        Instant sendNotAfter,
        boolean open,
        boolean doubtful,
        boolean spent,
        int absences,
        @Nullable Instant absentAt,
        Instant notBefore,
        @Nullable Ask ask,
        boolean ordered) {
    /** A rail waits no longer for an answer; later ones are taken too where they tell of a transfer. */
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    /** How long bytes that left may be under way, and a provider's lists behind, at the very most. */
    public static final Duration SETTLES_WITHIN = Duration.ofMinutes(10);
    /** A payout in doubt is never left alone for longer. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    static final int PROOF = 2;
    /** Two answers of one overloaded moment are one. */
    static final Duration BETWEEN_PROOFS = Duration.ofMinutes(1);
    /** A provider that cannot be asked now is not asked by every payout each minute. */
    static final Duration UNCLEAR_PAUSE = Duration.ofMinutes(5);

    static Attempts first(Instant now) {
        return new Attempts(1, now, now.plus(Deadline.SEND_WITHIN), true, false, false, 0, null, now, null, false);
    }

    Attempts again(Instant now) {
        return new Attempts(
                count + 1, first, now.plus(Deadline.SEND_WITHIN), true, doubtful, false, 0, null, now, null, false);
    }

    /** To be sent again as soon as somebody gets to it, with the same key, whatever the plan would say. */
    Attempts ordered(Instant now) {
        return new Attempts(count, first, sendNotAfter, false, doubtful, spent, absences, absentAt, now, null, true);
    }

    /** No answer came in time, or nobody is left who could have heard it. */
    Attempts lost(Instant now) {
        return closed(true, false, now, null);
    }

    Attempts answered(Answer answer, Traits traits, Instant now) {
        boolean doubt = doubtful || answer.isDoubtful();
        return closed(doubt, isSaved(answer), pause(answer, now), asks(answer, traits));
    }

    private static boolean isSaved(Answer answer) {
        return answer instanceof Answer.Refused || answer instanceof Answer.Ambiguous doubt && doubt.saved();
    }

    private static @Nullable Ask asks(Answer answer, Traits traits) {
        if (answer instanceof Answer.KeyReused) return Ask.KEY_REUSED;
        if (answer instanceof Answer.OutOfFunds funds && funds.replayed()) return Ask.OUT_OF_FUNDS;
        if (answer instanceof Answer.OutOfFunds && !traits.isKeyed()) return Ask.OUT_OF_FUNDS;
        return answer instanceof Answer.RailDown && !traits.isKeyed() ? Ask.RAIL_DOWN : null;
    }

    private Instant pause(Answer answer, Instant now) {
        if (isSaved(answer)) return now;
        Duration asked = answer instanceof Answer.Ambiguous doubt ? doubt.retryAfter() : Duration.ZERO;
        Duration grown = Duration.ofMinutes(1L << Math.min(count - 1, 4));
        Duration longer = asked.compareTo(grown) > 0 ? asked : grown;
        return now.plus(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
    }

    private Attempts closed(boolean doubt, boolean saved, Instant next, @Nullable Ask asked) {
        return new Attempts(count, first, sendNotAfter, false, doubt, saved, absences, absentAt, next, asked, false);
    }

    /** The provider has it. */
    Attempts known(Instant next) {
        return closed(doubtful, spent, next, null);
    }

    /** The provider was asked and has none, which proves nothing while an attempt may still be under way. */
    Attempts absent(Instant now) {
        Instant next = now.plus(BETWEEN_PROOFS);
        if (now.isBefore(sendNotAfter)) return paused(next);
        boolean proves = !now.isBefore(provesFrom()) && (absences == 0 || !now.isBefore(last().plus(BETWEEN_PROOFS)));
        if (!proves && absentAt != null) return paused(next);
        return new Attempts(
                count,
                first,
                sendNotAfter,
                open,
                doubtful,
                spent,
                absences + (proves ? 1 : 0),
                now,
                next,
                ask,
                ordered);
    }

    private Instant last() {
        return absentAt == null ? first : absentAt;
    }

    Attempts paused(Instant next) {
        return new Attempts(count, first, sendNotAfter, open, doubtful, spent, absences, absentAt, next, ask, ordered);
    }

    Attempts asking(Ask asked) {
        return new Attempts(
                count, first, sendNotAfter, open, doubtful, spent, absences, absentAt, notBefore, asked, false);
    }

    boolean isProvenAbsent() {
        return absences >= PROOF;
    }

    Instant provesFrom() {
        return sendNotAfter.plus(SETTLES_WITHIN);
    }

    /** When an attempt without an answer is taken as lost. */
    Instant lostAt() {
        return sendNotAfter.plus(ANSWER_WITHIN);
    }

    /** Whether sending at that moment may help, and surely arrives while the provider knows the key of the first attempt. */
    boolean mayRepeat(Traits traits, Instant now) {
        if (spent || ask != null) return false;
        Instant arrives = now.plus(Deadline.SEND_WITHIN).plus(SETTLES_WITHIN);
        return traits.isKeyed() && arrives.isBefore(first.plus(traits.keyWindow()));
    }

    /** Whether a person may send again or give up: nothing can be under way, and the provider was asked where it can be. */
    boolean isSettled(Traits traits, Instant now) {
        if (open) return false;
        if (!doubtful) return true;
        return traits.looksUp() ? isProvenAbsent() : !now.isBefore(provesFrom());
    }
}
