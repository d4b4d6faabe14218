package dev.tributary.ledger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * One thing that is true of the books at any moment, as a single SQL statement that looks for the contrary: one statement
 * sees one moment, so it can run beside business. Found by CDI, carried out by the job {@code check-books}; every room
 * brings those of its own tables.
 */
public interface BookCheck {
    /** Lower-case words and dashes, such as {@code balances-recomputed}. */
    String name();

    /** What is true, in a sentence for people without its full stop. */
    String claim();

    /** Breaches of it, at most so many: one line each, which names the rows. Empty when it is true. */
    Uni<List<String>> breaches(SqlConnection c, int atMost);
}
