package dev.tributary.program;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets invitations that nobody accepted, and frees the codes that were kept for them. */
@ApplicationScoped
class OldInvitations implements Retention {
    private final InvitationRepository repository;

    OldInvitations(InvitationRepository repository) {
        this.repository = repository;
    }

    @Override
    public String what() {
        return "invitations that nobody accepted";
    }

    /** A quarter after they ended, in which they can be renewed. */
    @Override
    public Duration kept() {
        return Duration.ofDays(90);
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return repository.countOlder(c, before);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.forget(tx, before, atMost);
    }
}
