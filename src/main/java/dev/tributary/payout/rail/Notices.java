package dev.tributary.payout.rail;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Who wants to know what providers tell of payouts; found by CDI. */
public interface Notices {
    /** What became of a notice. */
    enum Outcome {
        /** It had its effect, which may be none. */
        TAKEN,
        /** The same event had its effect before. */
        REPEATED,
        /** No payout here is meant, or none that is known yet: nothing was written. */
        NOT_OURS
    }

    /**
     * Has the effect of a notice in the caller's transaction, together with the row that notes the event: each event once,
     * whenever it comes, also before the answer to the attempt that it tells of.
     */
    Uni<Outcome> take(SqlConnection tx, String rail, Notice notice);
}
