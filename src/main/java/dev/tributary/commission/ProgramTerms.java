package dev.tributary.commission;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * What a program says about its commissions at this moment.
 *
 * @param rules those that staff made, and those that the program and its tiers are by themselves
 * @param levels how many levels of recruiters share, 0 where none do
 */
record ProgramTerms(UUID id, String currency, ZoneId zone, int holdDays, List<RuleVersion> rules, int levels) {
    ProgramTerms {
        rules = List.copyOf(rules);
    }

    /** When a commission becomes payable: days of 24 hours after it was earned. */
    Instant releaseAt(Instant earnedAt) {
        return earnedAt.plus(Duration.ofDays(holdDays));
    }
}
