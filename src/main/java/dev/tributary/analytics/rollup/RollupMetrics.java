package dev.tributary.analytics.rollup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How far figures are behind; read every fifteen seconds. */
@ApplicationScoped
class RollupMetrics {
    private static final long PERIOD_MILLIS = 15_000;

    private final AtomicLong facts = new AtomicLong();
    private final AtomicLong hours = new AtomicLong();
    private final AtomicLong seconds = new AtomicLong();
    private final Folding folding;

    RollupMetrics(Folding folding, MeterRegistry registry) {
        this.folding = folding;
        gauge("tributary.analytics.due.facts", "Aggregates that wait to be counted again", facts, registry);
        gauge("tributary.analytics.due.hours", "Hours of a program that are over and not folded", hours, registry);
        gauge("tributary.analytics.lag.seconds", "How long the oldest of them has waited", seconds, registry);
    }

    private static void gauge(String name, String description, AtomicLong value, MeterRegistry registry) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(registry);
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (mode.equals("server")) vertx.setPeriodic(PERIOD_MILLIS, timer -> read());
    }

    private void read() {
        folding.lag()
                .subscribe()
                .with(
                        lag -> {
                            facts.set(lag.facts());
                            hours.set(lag.hours());
                            seconds.set(lag.seconds());
                        },
                        away -> {});
    }
}
