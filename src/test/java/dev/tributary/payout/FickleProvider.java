package dev.tributary.payout;

import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A payment provider in memory that does all that providers may do: it drops requests and answers, carries requests out late,
 * answers 500 after accepting and repeats that, forgets keys after a day, runs out of funds, refuses our access, finishes later,
 * takes back, and tells of all that late, twice and in any order.
 */
final class FickleProvider {
    /** Below {@link Attempts#SETTLES_WITHIN}, with what its lists are behind. */
    private static final Duration LONGEST_WAY = Duration.ofMinutes(9);

    static final Duration KEPT = Duration.ofHours(24);

    /** A telling on its way to us. */
    record Told(Instant arrives, UUID payoutId, Transfer transfer) {}

    private record Under(Instant arrives, Instruction instruction) {}

    private record Saved(Instant at, Reply.Answered reply) {}

    private record Change(Instant at, UUID payoutId, Transfer transfer) {}

    private final Random random;
    private final boolean keyed;
    private final Map<String, Saved> keys = new HashMap<>();
    private final Map<UUID, List<Transfer>> rows = new HashMap<>();
    private final List<Under> underWay = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Told> tellings = new ArrayList<>();
    private final Instant fundsFrom;
    private final Instant fundsUntil;
    private boolean calm;
    private int ids;

    FickleProvider(Random random, boolean keyed, Instant start) {
        this.random = random;
        this.keyed = keyed;
        fundsUntil = random.nextInt(4) == 0 ? start : Instant.MAX;
        fundsFrom = start.plus(Duration.ofMinutes(random.nextInt(300)));
    }

    /** From now on it answers as it should. */
    void calm() {
        calm = true;
    }

    Reply send(Instruction sent, Instant now) {
        int luck = calm ? 99 : random.nextInt(100);
        if (luck < 8) return new Reply.NotWritten("no connection");
        if (luck < 16) return new Reply.Silence("lost on the way");
        if (luck < 24) {
            carryOut(sent, now, false);
            return new Reply.Silence("answer lost");
        }
        if (luck < 30) {
            underWay.add(new Under(now.plus(part(LONGEST_WAY)), sent));
            return new Reply.Silence("late");
        }
        if (luck < 34) return answer(429, new Body.Failure("rate_limit"));
        if (luck < 37) return answer(401, random.nextBoolean() ? new Body.Failure("no_access") : new Body.Unreadable());
        if (luck < 40) return answer(random.nextBoolean() ? 200 : 403, new Body.Unreadable());
        if (luck < 43 && keyed) {
            underWay.add(new Under(now.plus(part(LONGEST_WAY)), sent));
            return answer(409, new Body.Failure("busy"));
        }
        if (luck < 46) return answer(400, new Body.Failure("not_listed"));
        return carryOut(sent, now, luck < 56);
    }

    private static Reply.Answered answer(int status, Body body) {
        return new Reply.Answered(status, body);
    }

    /** @param breaks whether it answers 500, having done it or not */
    private Reply.Answered carryOut(Instruction sent, Instant now, boolean breaks) {
        Saved saved = keys.get(sent.key());
        if (keyed && saved != null && now.isBefore(saved.at().plus(KEPT))) {
            Reply.Answered first = saved.reply();
            return new Reply.Answered(first.status(), first.body(), Duration.ZERO, true);
        }
        Reply.Answered reply = breaks && random.nextBoolean()
                ? answer(500, new Body.Unreadable())
                : breaks ? broken(sent, now) : fresh(sent, now);
        keys.put(sent.key(), new Saved(now, reply));
        return reply;
    }

    private Reply.Answered broken(Instruction sent, Instant now) {
        fresh(sent, now);
        return answer(500, new Body.Unreadable());
    }

    private Reply.Answered fresh(Instruction sent, Instant now) {
        if (sent.destination().equals("closed")) return answer(400, new Body.Failure("account_closed"));
        if (!now.isBefore(fundsUntil) && now.isBefore(fundsFrom)) return answer(402, new Body.Failure("no_funds"));
        String id = "tr_%s_%d".formatted(sent.payoutId(), ++ids);
        long amount = sent.amount().amount();
        String currency = sent.amount().currency();
        Transfer row = random.nextInt(3) > 0
                ? Transfer.done(id, amount, currency, now)
                : Transfer.pending(id, amount, currency, now);
        rows.computeIfAbsent(sent.payoutId(), none -> new ArrayList<>()).add(row);
        tell(sent.payoutId(), row, now);
        foresee(sent.payoutId(), row, now);
        return answer(200, new Body.Row(row));
    }

    private void foresee(UUID payoutId, Transfer row, Instant now) {
        Instant at = now;
        Transfer last = row;
        if (row.status() == Transfer.Status.PENDING) {
            at = at.plusSeconds(1).plus(part(Duration.ofHours(3)));
            last = random.nextInt(3) > 0
                    ? Transfer.done(row.id(), row.movedMinor(), row.currency(), at)
                    : Transfer.failed(row.id(), row.movedMinor(), row.currency(), "bounced", at);
            changes.add(new Change(at, payoutId, last));
        }
        if (last.status() != Transfer.Status.DONE) return;
        int fate = random.nextInt(8);
        for (int i = 0; i < fate - 4; i++) {
            at = at.plusSeconds(1).plus(part(Duration.ofDays(2)));
            last = fate == 7 && i == 2
                    ? Transfer.failed(last.id(), last.movedMinor(), last.currency(), "returned", at)
                    : last.reversed(
                            last.reversedMinor() + random.nextLong(last.movedMinor() - last.reversedMinor() + 1), at);
            changes.add(new Change(at, payoutId, last));
        }
    }

    private void tell(UUID payoutId, Transfer row, Instant now) {
        for (int i = random.nextInt(3); i > 0; i--)
            tellings.add(new Told(now.plus(part(Duration.ofMinutes(random.nextBoolean() ? 1 : 600))), payoutId, row));
    }

    private Duration part(Duration most) {
        return Duration.ofSeconds(random.nextLong(most.toSeconds() + 1));
    }

    /** Does what it has put off until now. */
    void reach(Instant now) {
        for (Under each : List.copyOf(underWay))
            if (!each.arrives().isAfter(now)) {
                underWay.remove(each);
                carryOut(each.instruction(), each.arrives(), false);
            }
        for (Change each : List.copyOf(changes))
            if (!each.at().isAfter(now)) {
                changes.remove(each);
                rows.get(each.payoutId())
                        .replaceAll(row -> row.id().equals(each.transfer().id()) ? row.merged(each.transfer()) : row);
                tell(each.payoutId(), each.transfer(), each.at());
            }
    }

    /** Tellings that have come by now, in any order. */
    List<Told> arrived(Instant now) {
        List<Told> come =
                tellings.stream().filter(each -> !each.arrives().isAfter(now)).toList();
        tellings.removeAll(come);
        List<Told> shuffled = new ArrayList<>(come);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }

    Finding lookUp(UUID payoutId) {
        if (!calm && random.nextInt(10) == 0) return new Finding.Unclear("timeout");
        List<Transfer> found = of(payoutId);
        return found.isEmpty() ? new Finding.Absent() : new Finding.Found(found);
    }

    /** The truth. */
    List<Transfer> of(UUID payoutId) {
        return List.copyOf(rows.getOrDefault(payoutId, List.of()));
    }

    /** When it next does something of its own accord. */
    Instant next() {
        Instant next = Instant.MAX;
        for (Under each : underWay) next = each.arrives().isBefore(next) ? each.arrives() : next;
        for (Change each : changes) next = each.at().isBefore(next) ? each.at() : next;
        for (Told each : tellings) next = each.arrives().isBefore(next) ? each.arrives() : next;
        return next;
    }
}
