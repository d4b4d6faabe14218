package dev.tributary.click;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The register of journals, {@code click_journal}: each lander writes its line every five seconds. */
@ApplicationScoped
class JournalRepository {
    /** By the database's clock, which also wrote the heartbeats. */
    private static final String OWNERLESS =
            """
            SELECT id, host, directory, backlog, heartbeat FROM click_journal
             WHERE backlog > 0 AND heartbeat < now() - make_interval(secs => $1)
             ORDER BY heartbeat LIMIT $2
            """;

    private static final String LANDED =
            """
            UPDATE click_journal SET backlog = 0 WHERE id = $1
            """;
    private static final String COUNT_OLD =
            """
            SELECT count(*) FROM click_journal WHERE backlog = 0 AND heartbeat < $1
            """;
    private static final String FORGET =
            """
            DELETE FROM click_journal WHERE id IN
                   (SELECT id FROM click_journal WHERE backlog = 0 AND heartbeat < $1 LIMIT $2)
            """;

    /** @param backlog bytes on its disk that are not in the click table */
    record Ownerless(UUID id, String host, String directory, long backlog, Instant heartbeat) {}

    /** Journals with clicks that have not landed, silent for so many seconds; those silent longest first. */
    Uni<List<Ownerless>> ownerless(SqlConnection c, double silentSeconds, int atMost) {
        return c.preparedQuery(OWNERLESS)
                .execute(Tuple.of(silentSeconds, atMost))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(JournalRepository::read)
                        .toList());
    }

    private static Ownerless read(Row row) {
        return new Ownerless(
                row.getUUID("id"),
                row.getString("host"),
                row.getString("directory"),
                row.getLong("backlog"),
                row.getOffsetDateTime("heartbeat").toInstant());
    }

    /** All that this journal holds has landed. */
    Uni<Integer> landed(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LANDED).execute(Tuple.of(id)).map(RowSet::rowCount);
    }

    Uni<Long> countOld(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_OLD)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(RowSet::rowCount);
    }
}
