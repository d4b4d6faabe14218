package dev.tributary.job;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Rows of one room that are forgotten after a time; found by CDI, carried out by the job {@code retention}. */
public interface Retention {
    /** A plural for people, such as {@code delivered events}. */
    String what();

    /** How long they are kept. */
    Duration kept();

    /** How many there are to forget. */
    Uni<Long> count(SqlConnection c, OffsetDateTime before);

    /** Forgets at most so many, well within a transaction's deadline; answers how many. */
    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost);
}
