package dev.tributary.click;

import dev.tributary.click.journal.JournalReader;
import dev.tributary.id.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the lander tells operators. */
final class LanderMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter landed;
    private final Counter quarantined;
    private final Counter failures;
    private final Timer lag;

    LanderMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        landed = Counter.builder("tributary.click.landed")
                .description("Clicks moved to PostgreSQL, replays included")
                .register(registry);
        quarantined = Counter.builder("tributary.click.quarantined")
                .description("Clicks set aside with a reason")
                .register(registry);
        failures = Counter.builder("tributary.click.landing.failures")
                .description("Batches that have to be tried again")
                .register(registry);
        lag = Timer.builder("tributary.click.landing.lag")
                .description("From the click to its row")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofHours(1))
                .register(registry);
    }

    void backlog(JournalReader reader) {
        registry.gauge("tributary.click.backlog.bytes", reader, JournalReader::backlogBytes);
    }

    void landed(List<LandedClick> clicks) {
        landed.increment(clicks.size());
        long now = clock.millis();
        for (LandedClick click : clicks) {
            lag.record(Math.max(0, now - Ids.millisOf(click.click().id())), TimeUnit.MILLISECONDS);
        }
    }

    void quarantined() {
        quarantined.increment();
    }

    void failed() {
        failures.increment();
    }
}
