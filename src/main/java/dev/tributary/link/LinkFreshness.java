package dev.tributary.link;

import dev.tributary.postgres.Listeners;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the link cache as fresh as PostgreSQL allows.
 *
 * <p>At start the snapshot is read and then everything from PostgreSQL. Afterwards, on each notification and on each poll,
 * rows with a version above the last one seen are read again, minus an overlap: versions come from a sequence and commit
 * out of order, so a row may appear with a version a little below one already seen. One refresh runs at a time; a request
 * that arrives meanwhile makes it run once more. Staleness: within a second normally; without bound while PostgreSQL is
 * away, because redirects go on.
 */
@ApplicationScoped
public class LinkFreshness {
    private static final Logger LOG = Logger.getLogger(LinkFreshness.class);
    /** No transaction lasts longer than its deadline of seconds; far fewer changes than this are made in that time. */
    private static final long OVERLAP = 2_000;

    /**
     * A version is drawn before its transaction commits, so one that was seen may still be about to appear: only when this
     * long after it moved the rows were read again is nothing left to come. Four times a transaction's deadline.
     */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long RETRY_MILLIS = 1_000;
    private static final long SNAPSHOT_MILLIS = 60_000;
    private static final UUID FIRST = new UUID(0, 0);

    private final LinkCache cache;
    private final LinkTargets targets;
    private final LinkSnapshot snapshot;
    private final Path directory;
    private final boolean edge;
    private final Listeners listeners;
    private final LinkConfig config;
    private final Vertx vertx;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile long seen = -1;
    private final AtomicLong reads = new AtomicLong();
    private volatile long readFromStore;
    /** When the version was last found moved, and when the rows were last read. */
    private volatile long movedAt;

    private volatile long readAt;
    private volatile boolean dirty;

    LinkFreshness(
            LinkCache cache,
            LinkTargets targets,
            LinkConfig config,
            Vertx vertx,
            MeterRegistry metrics,
            Listeners listeners,
            @ConfigProperty(name = "tributary.click.journal-dir") Path journal,
            @ConfigProperty(name = "tributary.click.edge", defaultValue = "true") boolean edge) {
        this.cache = cache;
        this.targets = targets;
        this.config = config;
        this.vertx = vertx;
        this.listeners = listeners;
        this.edge = edge;
        directory = config.snapshotDir().orElse(journal);
        snapshot = new LinkSnapshot(directory);
        if (edge) metrics.gauge("tributary.link.seconds.since.refresh", this, self -> self.secondsSinceRefresh());
    }

    void onStart(
            @Observes StartupEvent event,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        // Only redirects and the tracker ask it, and they are at the edge.
        if (!mode.equals("server") || !edge) return;
        try {
            Files.createDirectories(directory);
            if (snapshot.read(cache::put)) cache.markLoaded();
        } catch (IOException e) {
            LOG.warn("The link snapshot cannot be read; links come from PostgreSQL alone", e);
        }
        listeners.listen("links", this::refresh);
        refresh();
        vertx.setPeriodic(config.poll().toMillis(), timer -> refresh());
        vertx.setPeriodic(SNAPSHOT_MILLIS, timer -> vertx.executeBlocking(this::writeSnapshot));
    }

    void onStop(@Observes ShutdownEvent event) {
        if (readFromStore > 0) writeSnapshot();
    }

    /** Reads what changed, now; while a refresh runs, once more after it. */
    public void refresh() {
        again.set(true);
        if (!running.compareAndSet(false, true)) return;
        again.set(false);
        (seen < 0 ? loadAll() : loadChanges()).subscribe().with(done -> finished(), failure -> {
            LOG.debugf("Links were not refreshed: %s", failure.getMessage());
            running.set(false);
            if (seen < 0) vertx.setTimer(RETRY_MILLIS, timer -> refresh());
        });
    }

    /** How often what changed was read to its end. */
    long reads() {
        return reads.get();
    }

    private void finished() {
        readFromStore = System.nanoTime();
        reads.incrementAndGet();
        running.set(false);
        if (again.get()) refresh();
    }

    private Uni<Void> loadAll() {
        return targets.version().chain(version -> pages(FIRST).invoke(done -> {
            seen = version;
            cache.markLoaded();
            vertx.executeBlocking(this::writeSnapshot);
        }));
    }

    private Uni<Void> pages(UUID after) {
        return targets.page(after)
                .chain(page -> keep(page) ? pages(last(page)) : Uni.createFrom().voidItem());
    }

    private Uni<Void> loadChanges() {
        return targets.version().chain(version -> {
            long now = System.nanoTime();
            if (version != seen) movedAt = now;
            else if (readAt - movedAt > SETTLED_NANOS) return Uni.createFrom().voidItem();
            return changes(Math.max(0, seen - OVERLAP), FIRST).invoke(done -> {
                seen = version;
                readAt = now;
            });
        });
    }

    private Uni<Void> changes(long since, UUID after) {
        return targets.changed(since, after)
                .chain(page -> keep(page)
                        ? changes(since, last(page))
                        : Uni.createFrom().voidItem());
    }

    /** Takes a page over and tells whether there may be another. */
    private boolean keep(List<LinkTarget> page) {
        cache.putAll(page);
        if (!page.isEmpty()) dirty = true;
        return page.size() == LinkTargets.PAGE;
    }

    private static UUID last(List<LinkTarget> page) {
        return page.get(page.size() - 1).id();
    }

    private synchronized Void writeSnapshot() {
        if (!dirty) return null;
        dirty = false;
        try {
            snapshot.write(cache.all());
        } catch (IOException e) {
            dirty = true;
            LOG.warn("The link snapshot was not written", e);
        }
        return null;
    }

    private double secondsSinceRefresh() {
        return readFromStore == 0 ? -1 : (System.nanoTime() - readFromStore) / 1e9;
    }
}
