package dev.tributary.job;

import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What operators see of jobs: the runs of this process, and, read each minute, when each job last succeeded anywhere; a
 * job that runs as a command of its own is seen that way alone. The tag is {@code name}: Prometheus has its own {@code job}.
 */
@ApplicationScoped
class JobMetrics {
    private static final long PERIOD_MILLIS = 60_000;

    private final MeterRegistry registry;
    private final RunRepository repository;
    private final Transactions transactions;
    private final Map<String, AtomicLong> running = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> lastSuccess = new ConcurrentHashMap<>();

    JobMetrics(MeterRegistry registry, RunRepository repository, Transactions transactions) {
        this.registry = registry;
        this.repository = repository;
        this.transactions = transactions;
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            Jobs jobs,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (!mode.equals("server")) return;
        jobs.names().forEach(this::lastSuccess);
        vertx.setPeriodic(PERIOD_MILLIS, timer -> read());
    }

    private void read() {
        transactions
                .read(repository::lastSuccesses)
                .subscribe()
                .with(all -> all.forEach((job, at) -> lastSuccess(job).set(at.toEpochSecond())), failure -> {
                    // The next minute tells.
                });
    }

    void begun(String job) {
        running(job).incrementAndGet();
    }

    void ended(RunRecord record, RunStatus status, long nanos) {
        running(record.job()).decrementAndGet();
        count(record.job(), status.label());
        Timer.builder("tributary.job.duration")
                .description("How long runs take")
                .tag("name", record.job())
                .register(registry)
                .record(Duration.ofNanos(nanos));
        if (status == RunStatus.SUCCEEDED && !record.dryRun())
            lastSuccess(record.job())
                    .accumulateAndGet(
                            record.startedAt().getEpochSecond() + TimeUnit.NANOSECONDS.toSeconds(nanos), Math::max);
    }

    /** Another run goes on, the moment was run before, or PostgreSQL is away. */
    void refused(Job job) {
        count(job.name(), "refused");
    }

    private void count(String job, String outcome) {
        registry.counter("tributary.job.runs", "name", job, "outcome", outcome).increment();
    }

    private AtomicLong running(String job) {
        return running.computeIfAbsent(
                job, name -> registry.gauge("tributary.job.running", tags(name), new AtomicLong()));
    }

    private AtomicLong lastSuccess(String job) {
        return lastSuccess.computeIfAbsent(job, name -> {
            AtomicLong at = new AtomicLong();
            Gauge.builder("tributary.job.last.success.seconds", at, AtomicLong::get)
                    .description("When the job last succeeded, in seconds since 1970; 0: not since records are kept")
                    .tag("name", name)
                    .register(registry);
            return at;
        });
    }

    private static Iterable<io.micrometer.core.instrument.Tag> tags(String job) {
        return java.util.List.of(io.micrometer.core.instrument.Tag.of("name", job));
    }
}
