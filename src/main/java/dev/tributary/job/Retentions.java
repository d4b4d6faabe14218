package dev.tributary.job;

import dev.tributary.access.ApiKeys;
import dev.tributary.access.Idempotency;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.BiFunction;

/** What the rooms above this one forget: they cannot know it, so it asks through their doors. */
final class Retentions {
    /** A week in which a lost effect can still be traced to its event. */
    private static final Duration EVENTS = Duration.ofDays(7);
    /** Twice the 24 hours that the API promises. */
    private static final Duration ANSWERS = Duration.ofHours(48);
    /** A quarter, so that the last end of quarter can be compared. */
    private static final Duration RUNS = Duration.ofDays(90);

    /** A quarter in which a list still tells what became of a key; who did it, the audit entries tell longer. */
    private static final Duration KEYS = Duration.ofDays(90);

    private Retentions() {}

    @Produces
    @Singleton
    static Retention events(Outbox outbox) {
        return new Of("delivered events", EVENTS, outbox::countForgettable, outbox::forget);
    }

    @Produces
    @Singleton
    static Retention answers(Idempotency idempotency) {
        return new Of("answers kept for an Idempotency-Key", ANSWERS, idempotency::countOlder, idempotency::forget);
    }

    @Produces
    @Singleton
    static Retention keys(ApiKeys keys) {
        return new Of("API keys that have ended", KEYS, keys::countDead, keys::forgetDead);
    }

    @Produces
    @Singleton
    static Retention runs(RunRepository repository) {
        return new Of("job runs", RUNS, repository::countOlder, repository::forget);
    }

    private interface Forget {
        Uni<Integer> apply(SqlConnection tx, OffsetDateTime before, int atMost);
    }

    private record Of(
            String what, Duration kept, BiFunction<SqlConnection, OffsetDateTime, Uni<Long>> count, Forget forget)
            implements Retention {
        @Override
        public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
            return count.apply(c, before);
        }

        @Override
        public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
            return forget.apply(tx, before, atMost);
        }
    }
}
