package dev.tributary.payout;

import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** A provider in memory that knows keys, loses a third of requests and answers, and keeps its own books of what it carried out. */
final class HastyProvider {
    private static final int MISFORTUNE_PERCENT = 35;

    private final Random random;
    private final Supplier<Instant> now;
    private final Map<String, Transfer> byKey = new HashMap<>();
    private final Map<UUID, List<Transfer>> byPayout = new HashMap<>();
    private boolean calm;
    private int requests;

    HastyProvider(Random random, Supplier<Instant> now) {
        this.random = random;
        this.now = now;
    }

    /** From now on it answers as it should. */
    synchronized void calm(boolean calm) {
        this.calm = calm;
    }

    synchronized Reply send(Instruction sent) {
        requests++;
        int luck = calm ? 99 : random.nextInt(100);
        if (luck < MISFORTUNE_PERCENT / 3) return new Reply.Silence("lost on the way");
        Transfer done = byKey.computeIfAbsent(sent.key(), key -> carryOut(sent));
        if (luck < 2 * MISFORTUNE_PERCENT / 3) return new Reply.Silence("answer lost");
        if (luck < MISFORTUNE_PERCENT)
            return new Reply.Answered(500, new Reply.Body.Unreadable(), Duration.ZERO, random.nextBoolean());
        return new Reply.Answered(200, new Reply.Body.Row(done));
    }

    private Transfer carryOut(Instruction sent) {
        List<Transfer> its = byPayout.computeIfAbsent(sent.payoutId(), none -> new ArrayList<>());
        Transfer done = Transfer.done(
                "tr_%s_%d".formatted(sent.payoutId(), its.size()), sent.amount().amount(), "EUR", now.get());
        its.add(done);
        return done;
    }

    synchronized Finding lookUp(Instruction asked) {
        if (!calm && random.nextInt(10) == 0) return new Finding.Unclear("timeout");
        List<Transfer> found = of(asked.payoutId());
        return found.isEmpty() ? new Finding.Absent() : new Finding.Found(found);
    }

    synchronized List<Transfer> of(UUID payout) {
        return List.copyOf(byPayout.getOrDefault(payout, List.of()));
    }

    /** Something to tell by an event, of whatever it carried out. */
    synchronized Optional<Map.Entry<UUID, Transfer>> telling() {
        if (byPayout.isEmpty()) return Optional.empty();
        List<UUID> all = List.copyOf(byPayout.keySet());
        UUID payout = all.get(random.nextInt(all.size()));
        return Optional.of(Map.entry(payout, byPayout.get(payout).get(0)));
    }

    synchronized int carriedOut() {
        return byPayout.values().stream().mapToInt(List::size).sum();
    }

    synchronized int twice() {
        return (int) byPayout.values().stream().filter(its -> its.size() > 1).count();
    }

    synchronized int requests() {
        return requests;
    }
}
