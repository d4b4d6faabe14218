package dev.tributary.click;

import dev.tributary.click.journal.Journal;
import dev.tributary.id.Ids;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Opens the journal and starts landing; at the end lands what is left. A batch command does neither, and no instance that serves the API alone. */
@ApplicationScoped
class ClickLifecycle {
    private static final Logger LOG = Logger.getLogger(ClickLifecycle.class);
    /** Within the thirty seconds that a stop may take; what is left stays on the volume. */
    private static final Duration LAND_AT_STOP = Duration.ofSeconds(15);

    /** A volume that is mounted late, or held by a predecessor that is about to end, is there a moment later. */
    private static final long RETRY_MILLIS = 5_000;

    private final Clicks clicks;
    private final Lander lander;
    private final Ids ids;
    private final Vertx vertx;
    private final boolean serving;
    private volatile boolean stopping;

    ClickLifecycle(
            Clicks clicks,
            Lander lander,
            Ids ids,
            Vertx vertx,
            ClickConfig config,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.clicks = clicks;
        this.lander = lander;
        this.ids = ids;
        this.vertx = vertx;
        serving = mode.equals("server") && config.edge();
    }

    void onStart(@Observes @Priority(10) StartupEvent event) {
        if (serving && !open()) later();
    }

    /** Whether the journal takes clicks and they are landed; where not, visitors are redirected without a click id meanwhile. */
    private synchronized boolean open() {
        if (stopping) return true;
        try {
            Journal journal = clicks.open();
            lander.start(journal, identity(journal.directory()));
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.errorf("The click journal does not open, so clicks are not recorded; tried again: %s", e.getMessage());
            return false;
        }
    }

    private void later() {
        vertx.setTimer(
                RETRY_MILLIS,
                timer -> vertx.executeBlocking(() -> {
                    if (!open()) later();
                    return null;
                }));
    }

    /** After the last request was answered: the framework waits for those before it says that it stops. */
    synchronized void onStop(@Observes @Priority(10) ShutdownEvent event) {
        stopping = true;
        Journal journal = clicks.journal();
        if (journal == null) return;
        journal.finish();
        lander.stop(LAND_AT_STOP);
        journal.close();
    }

    /** The journal's own id, kept in its directory, so that it is known wherever its volume is mounted. */
    private UUID identity(Path directory) throws IOException {
        Path file = directory.resolve("journal.id");
        if (Files.exists(file)) {
            String text = Files.readString(file).trim();
            if (!text.isEmpty()) return UUID.fromString(text);
        }
        UUID id = ids.next();
        Files.writeString(file, id.toString());
        return id;
    }
}
