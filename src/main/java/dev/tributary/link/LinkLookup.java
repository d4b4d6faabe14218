package dev.tributary.link;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks up codes that the cache does not hold: made a moment ago on another instance, beyond the cache's bound, or made up
 * by a stranger. Unknown codes are remembered for a moment, and only so many look-ups run at once, so strangers cannot
 * turn the redirect into a load on PostgreSQL. An answer that PostgreSQL did not give is never remembered.
 */
@ApplicationScoped
public class LinkLookup {
    /** Of the request pool's connections; the API must not starve because somebody guesses codes. */
    private static final int AT_ONCE = 8;

    private static final int UNKNOWN_AT_MOST = 50_000;

    private final LinkTargets targets;
    private final LinkCache cache;
    private final long unknownNanos;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, Long> unknown = new ConcurrentHashMap<>();

    LinkLookup(LinkTargets targets, LinkCache cache, LinkConfig config) {
        this.targets = targets;
        this.cache = cache;
        unknownNanos = config.unknownFor().toNanos();
    }

    /** The link, or empty where PostgreSQL knows none; fails while PostgreSQL is away or too many ask at once. */
    public Uni<Optional<LinkTarget>> find(String code) {
        String key = LinkCache.key(code);
        Long since = unknown.get(key);
        if (since != null && System.nanoTime() - since < unknownNanos)
            return Uni.createFrom().item(Optional.empty());
        if (running.incrementAndGet() > AT_ONCE) {
            running.decrementAndGet();
            return Uni.createFrom()
                    .failure(new Problem(ProblemKind.UNAVAILABLE, "Too many unknown codes are looked up"));
        }
        return targets.byCode(key)
                .onTermination()
                .invoke(running::decrementAndGet)
                .invoke(found -> remember(key, found));
    }

    private void remember(String key, Optional<LinkTarget> found) {
        if (unknown.size() >= UNKNOWN_AT_MOST) unknown.clear();
        found.ifPresentOrElse(
                target -> {
                    unknown.remove(key);
                    cache.put(target);
                },
                () -> unknown.put(key, System.nanoTime()));
    }
}
