package dev.tributary.commission;

import java.util.UUID;

/**
 * One commission as it is computed, before anything is booked.
 *
 * @param rule what it is called in the unique key: one of each for a source and an affiliate
 * @param base whether the base rule gave it, of which others add a share
 * @param level 0 for the affiliate that is credited; of a recruiter how many steps away
 * @param through the enrollment that is credited: whose commission an upline's is a share of
 */
record Earned(Party.Member member, String rule, boolean base, int level, UUID through, Arithmetic arithmetic) {
    long amount() {
        return arithmetic.amount();
    }
}
