package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;

/**
 * What an enrollment has brought so far, by which tiers are reached. Told by the room downstream that knows conversions and
 * commissions; found by CDI.
 */
public interface TierProgress {
    /** Of all time, in one query by the enrollment: it is part of every look at a profile. */
    Uni<Reached> of(SqlConnection c, UUID enrollmentId);

    /**
     * Conversions that earned, and their revenue in minor units of the program's currency.
     */
    record Reached(long conversions, long revenueMinor) {
        public static final Reached NOTHING = new Reached(0, 0);

        public Reached {
            if (conversions < 0) throw new IllegalArgumentException("conversions are counted from 0: " + conversions);
        }
    }
}
