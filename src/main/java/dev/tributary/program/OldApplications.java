package dev.tributary.program;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets applications that came to nothing; approved ones stay with their enrollment. */
@ApplicationScoped
class OldApplications implements Retention {
    private final ApplicationRepository repository;

    OldApplications(ApplicationRepository repository) {
        this.repository = repository;
    }

    @Override
    public String what() {
        return "rejected and withdrawn applications";
    }

    /** Half a year, in which somebody who was turned down may ask why. */
    @Override
    public Duration kept() {
        return Duration.ofDays(180);
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
