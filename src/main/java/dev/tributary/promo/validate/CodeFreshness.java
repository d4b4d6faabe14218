package dev.tributary.promo.validate;

import dev.tributary.postgres.Listeners;
import dev.tributary.promo.PromoConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the cache of codes as PostgreSQL has them: all of them read once, then what changed, at each notification and at
 * every poll. Programs and their plans are few and are read whole each time.
 *
 * <p>Versions come from a sequence and commit out of order, so each reading begins an overlap below the version that stood
 * before the last one.
 */
@ApplicationScoped
class CodeFreshness {
    private static final Logger LOG = Logger.getLogger(CodeFreshness.class);
    /** No transaction lasts longer than its deadline of seconds; far fewer changes than this are made in that time. */
    private static final long OVERLAP = 2_000;

    private static final long RETRY_MILLIS = 1_000;
    private static final UUID FIRST = new UUID(0, 0);

    private final CodeCache cache;
    private final CodeReads reads;
    private final SharedCodes shared;
    private final PromoConfig config;
    private final Listeners listeners;
    private final Vertx vertx;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile long seen = -1;
    private volatile boolean failed;
    private volatile long readAt;

    CodeFreshness(
            CodeCache cache,
            CodeReads reads,
            SharedCodes shared,
            PromoConfig config,
            Listeners listeners,
            Vertx vertx,
            MeterRegistry metrics) {
        this.cache = cache;
        this.reads = reads;
        this.shared = shared;
        this.config = config;
        this.listeners = listeners;
        this.vertx = vertx;
        metrics.gauge("tributary.promo.seconds.since.refresh", this, CodeFreshness::secondsSinceRefresh);
    }

    void onStart(
            @Observes StartupEvent event,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (!mode.equals("server")) return;
        listeners.listen("discount_codes", this::refresh);
        refresh();
        vertx.setPeriodic(config.poll().toMillis(), timer -> refresh());
    }

    /** Whether what is known here may be old: the last reading failed, or is longer ago than two polls. */
    boolean stale() {
        return failed
                || readAt == 0
                || System.nanoTime() - readAt > 2 * config.poll().toNanos();
    }

    /** Somebody else found PostgreSQL away. */
    void away() {
        failed = true;
    }

    /** Reads what changed, now; while a reading runs, once more after it. */
    void refresh() {
        again.set(true);
        if (!running.compareAndSet(false, true)) return;
        again.set(false);
        read().subscribe().with(done -> finished(), this::failed);
    }

    /** Reads what changed and answers when memory has it. */
    Uni<Void> readNow() {
        return read();
    }

    private Uni<Void> read() {
        return reads.programs().invoke(cache::programs).chain(reads::version).chain(version -> (seen < 0
                        ? pages(FIRST)
                        : changes(Math.max(0, seen - OVERLAP), 0, FIRST))
                .invoke(done -> seen = version));
    }

    private void finished() {
        cache.markLoaded();
        readAt = System.nanoTime();
        failed = false;
        running.set(false);
        if (again.get()) refresh();
    }

    private void failed(Throwable failure) {
        LOG.debugf("Discount codes were not refreshed: %s", failure.getMessage());
        failed = true;
        running.set(false);
        if (seen < 0) vertx.setTimer(RETRY_MILLIS, timer -> refresh());
    }

    private Uni<Void> pages(UUID after) {
        return reads.page(after).chain(page -> {
            page.forEach(cache::put);
            return page.size() < CodeReads.PAGE
                    ? Uni.createFrom().voidItem()
                    : pages(page.get(page.size() - 1).id());
        });
    }

    private Uni<Void> changes(long since, long afterVersion, UUID afterId) {
        return reads.changed(since, afterVersion, afterId).chain(page -> {
            List<String> replaced = new ArrayList<>();
            for (KnownCode code : page) if (cache.put(code)) replaced.add(code.key());
            shared.forget(replaced).subscribe().with(done -> {});
            if (page.size() < CodeReads.PAGE) return Uni.createFrom().voidItem();
            KnownCode last = page.get(page.size() - 1);
            return changes(since, last.version(), last.id());
        });
    }

    private double secondsSinceRefresh() {
        return readAt == 0 ? -1 : (System.nanoTime() - readAt) / 1e9;
    }
}
