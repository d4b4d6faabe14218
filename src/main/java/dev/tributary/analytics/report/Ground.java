package dev.tributary.analytics.report;

import dev.tributary.id.TypeId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a report is of: a program, or one affiliate's part of it.
 *
 * @param affiliateId null: the whole program
 * @param zone where its days begin and end
 * @param currency what its amounts are in
 */
record Ground(UUID programId, @Nullable UUID affiliateId, ZoneId zone, String currency) {
    LocalDate today(Clock clock) {
        return clock.instant().atZone(zone).toLocalDate();
    }

    String program() {
        return TypeId.PROGRAM.format(programId);
    }

    @Nullable
    String affiliate() {
        return affiliateId == null ? null : TypeId.AFFILIATE.format(affiliateId);
    }
}
