package dev.tributary.payout;

import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Rails;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The loop that sends what is due, a {@link Lane} a rail, begun right after a commit or by the sweep. Instances share the work,
 * because each takes what no other holds. A batch command sends nothing.
 */
@ApplicationScoped
class Dispatch {
    /** What became due by time alone, and a nudge that was lost with its process, wait no longer. */
    private static final long SWEEP_MILLIS = 1_000;

    private final Vertx vertx;
    private final boolean serving;
    private final List<Lane> lanes;

    Dispatch(
            Vertx vertx,
            Rails rails,
            Claims claims,
            Answers answers,
            MeterRegistry registry,
            PayoutConfig config,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        serving = config.sending() && !mode.equals("job");
        lanes = rails.names().stream()
                .map(name -> lane(rails.get(name), claims, answers, registry))
                .toList();
    }

    private Lane lane(Rail rail, Claims claims, Answers answers, MeterRegistry registry) {
        Lane lane = new Lane(vertx, vertx.getOrCreateContext(), rail, claims, answers);
        Gauge.builder("tributary.payout.under.way", lane, Lane::underWay)
                .description("Payouts that are claimed, asked for or answered, and not written yet")
                .tag("rail", rail.name())
                .register(registry);
        return lane;
    }

    void onStart(@Observes StartupEvent event) {
        if (serving) vertx.setPeriodic(SWEEP_MILLIS, timer -> nudge());
    }

    void onStop(@Observes ShutdownEvent event) {
        lanes.forEach(Lane::stop);
    }

    void nudge() {
        if (serving) lanes.forEach(Lane::nudge);
    }
}
