package dev.tributary.conversion.imports;

import dev.tributary.conversion.imports.ImportRecord.State;
import dev.tributary.job.Retention;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Uploads whose last part never came: they fail, and their parts are forgotten, some of them a step. */
@Singleton
class AbandonedUploads implements Retention {
    /** Of uploads counted: beyond, the number no longer matters. */
    private static final int MOST = 10_000;

    private static final String WHY = "The last part never came";

    private final ImportRepository repository;
    private final Clock clock;

    AbandonedUploads(ImportRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public String what() {
        return "uploads that were never completed";
    }

    @Override
    public Duration kept() {
        return Duration.ofDays(7);
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return repository.abandoned(c, before, MOST).map(ids -> (long) ids.size());
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.abandoned(tx, before, 1).chain(ids -> forget(tx, ids)).map(List::size);
    }

    private Uni<List<UUID>> forget(SqlConnection tx, List<UUID> ids) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> repository
                        .forgetParts(tx, id)
                        .chain(more -> more ? Uni.createFrom().voidItem() : end(tx, id, now))
                        .replaceWith(id))
                .collect()
                .asList();
    }

    /** What is done stays so. */
    private Uni<Void> end(SqlConnection tx, UUID id, Instant now) {
        return repository
                .find(tx, id)
                .chain(found -> found.orElseThrow().state() == State.RECEIVING
                        ? repository.finish(tx, id, State.FAILED, WHY, now)
                        : Uni.createFrom().voidItem());
    }
}
