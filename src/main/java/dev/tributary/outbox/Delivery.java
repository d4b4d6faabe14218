package dev.tributary.outbox;

import java.util.UUID;

/** One event that one consumer has not had yet. */
record Delivery(long id, String consumer, Event event, int attempts) {
    /** What a failure blocks: this consumer's later events of this aggregate. */
    Line line() {
        return new Line(consumer, event.aggregateId());
    }

    record Line(String consumer, UUID aggregateId) {}
}
