package dev.tributary.promo.validate;

import dev.tributary.postgres.Transactions;
import dev.tributary.promo.CodeSignals;
import dev.tributary.promo.PromoConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts in memory what is odd about validations and writes it down every ten seconds, because a validation itself writes
 * nothing. While PostgreSQL is away it is kept, up to a bound; what a dying process had counted is lost.
 */
@ApplicationScoped
class Suspicions {
    private static final Logger LOG = Logger.getLogger(Suspicions.class);
    static final String FAILED = "failed_validations";
    static final String COUPON_SITE = "coupon_site";
    private static final long FLUSH_MILLIS = 10_000;
    /** A megabyte or two; what is odd beyond that is not counted. */
    private static final int MOST = 10_000;
    /** Rows of one transaction. */
    private static final int TOGETHER = 500;

    private static final Duration LAST = Duration.ofSeconds(3);

    private final CodeSignals signals;
    private final Transactions transactions;
    private final Set<String> sites;
    private final Vertx vertx;
    private final Map<Oddity, Long> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean flushing = new AtomicBoolean();

    Suspicions(CodeSignals signals, Transactions transactions, PromoConfig config, Vertx vertx) {
        this.signals = signals;
        this.transactions = transactions;
        this.vertx = vertx;
        sites = Set.copyOf(config.couponSites());
    }

    /** What is counted together. */
    private record Oddity(String kind, @Nullable UUID codeId, String network, String detail) {}

    void onStart(@Observes StartupEvent event) {
        vertx.setPeriodic(FLUSH_MILLIS, timer -> flush().subscribe().with(done -> {}, away -> {}));
    }

    void onStop(@Observes ShutdownEvent event) {
        flush().onFailure().recoverWithNull().await().atMost(LAST);
    }

    void failed(String network) {
        add(new Oddity(FAILED, null, network, ""));
    }

    /** Notes a page that asks from a site which publishes codes. */
    void from(UUID codeId, String network, @Nullable String page) {
        if (page == null) return;
        String site = site(page);
        if (site != null) add(new Oddity(COUPON_SITE, codeId, network, site));
    }

    /** The site of the list on which a page is, or null. */
    @Nullable
    String site(String page) {
        int start = page.indexOf("://");
        if (start < 0) return null;
        int end = start + 3;
        while (end < page.length() && "/:?#".indexOf(page.charAt(end)) < 0) end++;
        String host = page.substring(start + 3, end).toLowerCase(Locale.ROOT);
        while (!host.isEmpty()) {
            if (sites.contains(host)) return host;
            int dot = host.indexOf('.');
            if (dot < 0) return null;
            host = host.substring(dot + 1);
        }
        return null;
    }

    private void add(Oddity oddity) {
        if (counts.size() < MOST || counts.containsKey(oddity)) counts.merge(oddity, 1L, Long::sum);
    }

    /** Writes down what was counted so far. */
    Uni<Void> flush() {
        if (counts.isEmpty() || !flushing.compareAndSet(false, true))
            return Uni.createFrom().voidItem();
        List<Map.Entry<Oddity, Long>> taken = new ArrayList<>();
        counts.keySet().forEach(oddity -> taken.add(Map.entry(oddity, counts.remove(oddity))));
        List<List<Map.Entry<Oddity, Long>>> parts = new ArrayList<>();
        for (int from = 0; from < taken.size(); from += TOGETHER)
            parts.add(taken.subList(from, Math.min(taken.size(), from + TOGETHER)));
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .collect()
                .asList()
                .onTermination()
                .invoke(() -> flushing.set(false))
                .replaceWithVoid();
    }

    /** Puts back what could not be written. */
    private Uni<Void> write(List<Map.Entry<Oddity, Long>> part) {
        List<CodeSignals.Signal> rows =
                part.stream().map(e -> signal(e.getKey(), e.getValue())).toList();
        return transactions
                .run(tx -> signals.note(tx, rows))
                .onFailure()
                .invoke(away -> {
                    LOG.debugf("Signals of misused codes wait: %s", away.getMessage());
                    part.forEach(e -> counts.merge(e.getKey(), e.getValue(), Long::sum));
                })
                .onFailure()
                .recoverWithNull();
    }

    private static CodeSignals.Signal signal(Oddity oddity, long count) {
        return new CodeSignals.Signal(oddity.kind, oddity.codeId, oddity.network, oddity.detail, count);
    }
}
