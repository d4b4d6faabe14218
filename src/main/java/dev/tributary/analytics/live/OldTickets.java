package dev.tributary.analytics.live;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets tickets that nobody showed. */
@ApplicationScoped
class OldTickets implements Retention {
    private final TicketRepository repository;

    OldTickets(TicketRepository repository) {
        this.repository = repository;
    }

    @Override
    public String what() {
        return "tickets for live earnings that nobody used";
    }

    @Override
    public Duration kept() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return repository.count(c, before);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.forget(tx, before, atMost);
    }
}
