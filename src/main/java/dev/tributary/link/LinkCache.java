package dev.tributary.link;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every link of the installation, by code, in this process: the only thing the redirect reads.
 *
 * <p>It holds all links up to {@link LinkConfig#cacheSize()}; those beyond are looked up in PostgreSQL one by one. Programs
 * are shared between the targets of their links, so a link costs about 500 bytes.
 */
@ApplicationScoped
public class LinkCache {
    private final Map<String, LinkTarget> byCode = new ConcurrentHashMap<>();
    private final Map<ProgramTarget, ProgramTarget> programs = new ConcurrentHashMap<>();
    private final int bound;
    private volatile boolean loaded;

    LinkCache(LinkConfig config, MeterRegistry metrics) {
        bound = config.cacheSize();
        metrics.gaugeMapSize("tributary.link.cached", java.util.List.of(), byCode);
    }

    /** The link of a code in any case, or null where the cache holds none. */
    public @Nullable LinkTarget find(String code) {
        LinkTarget exact = byCode.get(code);
        return exact != null ? exact : byCode.get(key(code));
    }

    /** Codes are compared in upper case; they are ASCII by construction. */
    public static String key(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    /** Whether all links were read once, from PostgreSQL or from the snapshot. */
    public boolean loaded() {
        return loaded;
    }

    void markLoaded() {
        loaded = true;
    }

    void putAll(Collection<LinkTarget> targets) {
        targets.forEach(this::put);
    }

    void put(LinkTarget target) {
        if (byCode.size() >= bound && !byCode.containsKey(target.codeKey())) return;
        ProgramTarget program = programs.computeIfAbsent(target.program(), same -> same);
        byCode.put(target.codeKey(), program == target.program() ? target : withProgram(target, program));
        // Old versions of programs stay until this many pile up; then sharing starts afresh.
        if (programs.size() > 10_000) programs.clear();
    }

    private static LinkTarget withProgram(LinkTarget t, ProgramTarget program) {
        return new LinkTarget(
                t.id(),
                t.codeKey(),
                t.affiliateId(),
                t.referralCode(),
                t.utmCampaign(),
                t.destination(),
                t.src(),
                t.subs(),
                t.credited(),
                t.expiresAt(),
                program);
    }

    Collection<LinkTarget> all() {
        return byCode.values();
    }
}
