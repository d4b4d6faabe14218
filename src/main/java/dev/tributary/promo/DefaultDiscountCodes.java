package dev.tributary.promo;

import dev.tributary.id.Ids;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.EventHandler;
import dev.tributary.program.EnrollmentApproved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Gives each approved enrollment a discount code with the text that was chosen, or with a number behind it. */
@ApplicationScoped
class DefaultDiscountCodes implements EventHandler {
    private final DiscountCodeRepository repository;
    private final CodeNews news;
    private final Ids ids;
    private final Clock clock;

    DefaultDiscountCodes(DiscountCodeRepository repository, CodeNews news, Ids ids, Clock clock) {
        this.repository = repository;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String consumer() {
        return "promo.default";
    }

    @Override
    public Set<String> types() {
        return Set.of(EnrollmentApproved.TYPE);
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        EnrollmentApproved approved = EnrollmentApproved.of(event);
        return repository
                .insertStandard(
                        tx,
                        ids.next(),
                        approved.programId(),
                        approved.enrollmentId(),
                        approved.affiliateId(),
                        approved.promoCode(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS))
                .chain(made -> news.changed(tx, made));
    }
}
