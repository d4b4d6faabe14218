package dev.tributary.link;

import dev.tributary.id.Ids;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.EventHandler;
import dev.tributary.postgres.Notifier;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.EnrollmentApproved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Gives each approved enrollment its default link: the referral code as its code, the program's landing page as its goal. */
@ApplicationScoped
class DefaultLinks implements EventHandler {
    private final LinkRepository repository;
    private final Transactions transactions;
    private final Notifier notifier;
    private final Ids ids;
    private final Clock clock;

    DefaultLinks(LinkRepository repository, Transactions transactions, Notifier notifier, Ids ids, Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.notifier = notifier;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String consumer() {
        return "link.default";
    }

    @Override
    public Set<String> types() {
        return Set.of(EnrollmentApproved.TYPE);
    }

    /** The mark that the event was delivered is in the same transaction, so the link is made once. */
    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        EnrollmentApproved approved = EnrollmentApproved.of(event);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Link link = new Link(
                ids.next(),
                approved.enrollmentId(),
                approved.programId(),
                approved.affiliateId(),
                null,
                approved.referralCode(),
                "",
                "",
                List.of("", "", "", "", ""),
                Link.Status.ACTIVE,
                null,
                now,
                now);
        transactions.afterCommit(tx, () -> notifier.changed("links"));
        return repository.insert(tx, link);
    }
}
