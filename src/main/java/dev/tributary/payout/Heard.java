package dev.tributary.payout;

import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Reply;
import java.util.UUID;

/** What came back from an errand. */
sealed interface Heard {
    UUID payoutId();

    record Replied(UUID payoutId, int attempt, Reply reply) implements Heard {}

    record Looked(UUID payoutId, Finding finding) implements Heard {}
}
