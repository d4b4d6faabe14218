package dev.tributary.promo;

import dev.tributary.affiliate.AffiliateStatusChanged;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.EventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/** Suspends the discount codes of an affiliate that is no longer active, and brings them back with it. */
@ApplicationScoped
class AffiliateStanding implements EventHandler {
    private final DiscountCodeRepository repository;
    private final CodeNews news;
    private final Clock clock;

    AffiliateStanding(DiscountCodeRepository repository, CodeNews news, Clock clock) {
        this.repository = repository;
        this.news = news;
        this.clock = clock;
    }

    @Override
    public String consumer() {
        return "promo.standing";
    }

    @Override
    public Set<String> types() {
        return Set.of(AffiliateStatusChanged.TYPE);
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        UUID affiliate = AffiliateStatusChanged.of(event).affiliateId();
        return repository
                .follow(tx, affiliate, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .chain(changed -> news.changed(tx, changed));
    }
}
