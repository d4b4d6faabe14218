package dev.tributary.payout.reconcile;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which our books and a provider's list do not agree.
 *
 * @param payoutId null where no payout here is meant
 * @param detail both sides, in words for people
 */
record Difference(Kind kind, String transferId, @Nullable UUID payoutId, String detail) {
    private static final int MOST = 500;

    Difference {
        detail = detail.substring(0, Math.min(detail.length(), MOST));
    }

    enum Kind {
        /** The provider lists a transfer of which no payout is known. */
        MISSING_HERE,
        /** It is paid here, and the provider's list does not have it. */
        MISSING_THERE,
        /** Another amount or currency than was sent. */
        AMOUNT,
        /** Money moved for a payout that was not to be paid, or not at that time. */
        STATE;

        /** The word in JSON and in the database. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
