package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Decision;
import dev.tributary.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a program says about its conversions.
 *
 * @param holdDays a late click changes nothing that is payable already
 */
record Terms(UUID programId, String currency, boolean active, int windowDays, int holdDays) {
    /** Clicks land within seconds; a journal that was found again after a weekend still counts. */
    static final Duration LONGEST_WAIT = Duration.ofHours(72);

    /** How far the merchant's clock may be from ours. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Why an event earns nothing before anybody looks for an affiliate; null where nothing speaks against it. */
    @Nullable
    Reason refuses(Incoming event) {
        if (!active) return Reason.PROGRAM_INACTIVE;
        return event.amount().currency().equals(currency) ? null : Reason.CURRENCY_MISMATCH;
    }

    /** Until when the click that was missing is waited for; null where it can change nothing. */
    @Nullable
    Instant waitingUntil(Incoming event, Decision decision, Instant now) {
        UUID click = event.touch().clickId();
        if (click == null || !decision.clickMissing() || !mayEarn(Ids.timeOf(click), event.occurredAt())) return null;
        Duration hold = Duration.ofDays(holdDays);
        Duration wait = hold.compareTo(LONGEST_WAIT) < 0 ? hold : LONGEST_WAIT;
        return wait.isZero() ? null : now.plus(wait);
    }

    private boolean mayEarn(Instant click, Instant conversion) {
        return !click.isAfter(conversion.plus(TOLERANCE))
                && !click.isBefore(conversion.minus(Duration.ofDays(windowDays)).minus(TOLERANCE));
    }
}
