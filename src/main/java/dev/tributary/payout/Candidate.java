package dev.tributary.payout;

import dev.tributary.fraud.FraudScore;
import dev.tributary.payout.tax.TaxForm;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an enrollment when it is to be paid, read in one go.
 *
 * @param availableMinor as the books say, under lock
 * @param withheldBps what is kept back for the tax authority, as their papers say
 * @param tierMinimum of the tier, or null where the program's holds
 */
public record Candidate(
        UUID enrollmentId,
        Standing standing,
        FraudScore score,
        long availableMinor,
        String currency,
        @Nullable Long tierMinimum,
        Optional<Destination> destination,
        Paper paper,
        int withheldBps,
        boolean payoutOpen) {

    /** What staff and rules say about the person. */
    public record Standing(boolean enrolled, boolean suspended, boolean held) {
        public static final Standing GOOD = new Standing(true, false, false);
    }

    /**
     * Where the money is to go.
     *
     * @param currency what it takes
     * @param changedAt when it last replaced another one; empty for the first
     */
    public record Destination(String rail, boolean ready, String currency, Optional<Instant> changedAt) {}

    /** How their tax form stands. */
    public enum Paper {
        NOT_NEEDED,
        MISSING,
        EXPIRED,
        /** Given and signed; a person may still have to look at it. */
        GIVEN,
        VERIFIED;

        /**
         * @param needed whether the program pays nobody without a form
         * @param verified whether somebody looked at this form
         */
        public static Paper of(
                boolean needed, Optional<TaxForm> form, boolean verified, LocalDate today, ZoneId payer) {
            if (!needed) return NOT_NEEDED;
            if (form.isEmpty()) return MISSING;
            if (form.get().isExpired(today, payer)) return EXPIRED;
            return verified ? VERIFIED : GIVEN;
        }
    }
}
