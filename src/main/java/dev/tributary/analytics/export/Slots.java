package dev.tributary.analytics.export;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many exports run at once on this instance, so that they cannot take the connections of all other requests. Places of
 * staff and of affiliates are apart: neither waits for the other.
 */
final class Slots {
    /** Each uses a connection of the pool's 16 while it reads, one time in three. */
    static final int MOST_OF_STAFF = 4;

    static final int MOST_OF_AFFILIATES = 8;

    private int staff;
    private final Set<UUID> affiliates = new HashSet<>();

    /** Takes a place, of staff where there is no affiliate; a 503 where all are taken, a 409 to an affiliate who has one. */
    synchronized void take(@Nullable UUID affiliate) {
        if (affiliate == null) {
            if (staff == MOST_OF_STAFF) throw full();
            staff++;
            return;
        }
        if (affiliates.contains(affiliate))
            throw new Problem(ProblemKind.IN_PROGRESS, "One of your exports is running; they come one after the other");
        if (affiliates.size() == MOST_OF_AFFILIATES) throw full();
        affiliates.add(affiliate);
    }

    synchronized void free(@Nullable UUID affiliate) {
        if (affiliate == null) staff--;
        else affiliates.remove(affiliate);
    }

    synchronized int taken() {
        return staff + affiliates.size();
    }

    private static Problem full() {
        return new Problem(ProblemKind.UNAVAILABLE, "As many exports are running as may at once; try again later");
    }
}
