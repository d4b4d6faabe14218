package dev.tributary.promo.validate;

import dev.tributary.promo.PromoConfig;
import dev.tributary.promo.Terms;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every code that is not archived, by its key, in this process: all that a good validation reads.
 *
 * <p>It holds codes up to {@link PromoConfig#cacheSize()}; those beyond are looked up one by one. Terms are shared by the
 * codes that have them, so a code costs some 250 bytes.
 */
@ApplicationScoped
class CodeCache {
    /** Old terms stay until this many pile up; then sharing starts afresh. */
    private static final int MOST_CARDS = 50_000;

    private final Map<String, KnownCode> byKey = new ConcurrentHashMap<>();
    private final Map<Terms, Card> cards = new ConcurrentHashMap<>();
    private final int bound;
    private volatile Map<UUID, KnownProgram> programs = Map.of();
    private volatile boolean loaded;

    CodeCache(PromoConfig config, MeterRegistry metrics) {
        bound = config.cacheSize();
        metrics.gaugeMapSize("tributary.promo.cached", List.of(), byKey);
    }

    @Nullable
    KnownCode find(String key) {
        return byKey.get(key);
    }

    @Nullable
    KnownProgram program(UUID id) {
        return programs.get(id);
    }

    /** Adds programs that were made after the last look at all of them. */
    synchronized void add(Map<UUID, KnownProgram> more) {
        Map<UUID, KnownProgram> all = new HashMap<>(programs);
        all.putAll(more);
        programs = Map.copyOf(all);
    }

    synchronized void programs(Map<UUID, KnownProgram> all) {
        programs = Map.copyOf(all);
    }

    /** Whether all codes were read once. */
    boolean loaded() {
        return loaded;
    }

    void markLoaded() {
        loaded = true;
    }

    /** Whether there was room for every code: one that is not here is then nowhere. */
    boolean isWhole() {
        return loaded && byKey.size() < bound;
    }

    /** Takes over what is newer than what is here; answers whether it replaced something. */
    boolean put(KnownCode code) {
        KnownCode old = byKey.get(code.key());
        if (old == null && byKey.size() >= bound || old != null && old.version() >= code.version()) return false;
        if (cards.size() > MOST_CARDS) cards.clear();
        Card shared = cards.computeIfAbsent(code.card().terms(), terms -> code.card());
        byKey.merge(code.key(), code.with(shared), (a, b) -> a.version() > b.version() ? a : b);
        return old != null;
    }
}
