package dev.tributary.click;

import dev.tributary.link.LinkCache;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this instance can keep its promise: links are loaded and the journal takes clicks, or it takes none. PostgreSQL and Redis are not
 * asked, because redirects go on without them; while the process stops the framework adds a check of its own that is down.
 */
@Readiness
@ApplicationScoped
class ClickReadiness implements HealthCheck {
    private final LinkCache links;
    private final Clicks clicks;
    private final boolean edge;

    ClickReadiness(LinkCache links, Clicks clicks, ClickConfig config) {
        this.links = links;
        this.clicks = clicks;
        edge = config.edge();
    }

    @Override
    public HealthCheckResponse call() {
        boolean journal = clicks.journal() != null;
        return HealthCheckResponse.named("redirect")
                .withData("linksLoaded", links.loaded())
                .withData("journalOpen", journal)
                .status(!edge || links.loaded() && journal)
                .build();
    }
}
