package dev.tributary.payout.rail;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Who wants to know when a provider says that a payee has changed; found by CDI. */
public interface RecipientNotices {
    /** Notes it, in the caller's transaction; any number of times, and for payees that are not known here nothing. */
    Uni<Void> changed(SqlConnection tx, String rail, Recipient now);
}
