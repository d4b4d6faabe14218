package dev.tributary.analytics.figure;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers that many ask for and that may be some seconds old: a bounded number, each with when it was made. Those that are
 * asked for the longest ago go first.
 */
public final class Remembered<K, V> {
    private final Duration age;
    private final Clock clock;
    private final Map<K, Dated<V>> answers;

    public Remembered(int most, Duration age, Clock clock) {
        this.age = age;
        this.clock = clock;
        answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Dated<V>> eldest) {
                return size() > most;
            }
        };
    }

    /** An answer and the moment of which it tells. */
    public record Dated<V>(V value, Instant asOf) {}

    /** The one that is remembered where it is young enough, else a new one. */
    public Uni<Dated<V>> get(K key, Supplier<Uni<V>> make) {
        return get(key, make, made -> true);
    }

    /** The same; what is not worth it is not remembered. */
    public Uni<Dated<V>> get(K key, Supplier<Uni<V>> make, Predicate<V> worth) {
        Instant now = clock.instant();
        Dated<V> known = find(key);
        if (known != null && known.asOf.isAfter(now.minus(age)) && !known.asOf.isAfter(now))
            return Uni.createFrom().item(known);
        return make.get().map(value -> new Dated<>(value, now)).invoke(made -> {
            if (worth.test(made.value)) keep(key, made);
        });
    }

    private synchronized @org.jspecify.annotations.Nullable Dated<V> find(K key) {
        return answers.get(key);
    }

    private synchronized void keep(K key, Dated<V> made) {
        answers.put(key, made);
    }
}
