package dev.tributary.click;

import dev.tributary.link.LinkCache;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this instance can keep its promise: links are loaded and the journal takes clicks. PostgreSQL and Redis are not
 * asked, because redirects go on without them; while the process stops the framework adds a check of its own that is down.
 */
@Readiness
@ApplicationScoped
class ClickReadiness implements HealthCheck {
    private final LinkCache links;
    private final Clicks clicks;

    ClickReadiness(LinkCache links, Clicks clicks) {
        this.links = links;
        this.clicks = clicks;
    }

    @Override
    public HealthCheckResponse call() {
        boolean journal = clicks.journal() != null;
        return HealthCheckResponse.named("redirect")
                .withData("linksLoaded", links.loaded())
                .withData("journalOpen", journal)
                .status(links.loaded() && journal)
                .build();
    }
}
