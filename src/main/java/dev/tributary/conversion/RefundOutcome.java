package dev.tributary.conversion;

import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of money that went back.
 *
 * @param conversionId the sale; null while it is not there
 * @param amount what moved; null where nothing did
 * @param refunded how much of the sale has gone back in all; null while the sale is not there
 * @param saleStatus where the sale stands now
 */
public record RefundOutcome(
        UUID id,
        UUID programId,
        String externalId,
        String saleExternalId,
        RefundKind kind,
        Result result,
        @Nullable UUID conversionId,
        @Nullable Money amount,
        @Nullable Money refunded,
        @Nullable Status saleStatus) {

    /** How it ended. */
    public enum Result {
        BOOKED,
        /** The sale is not there yet; it is booked as soon as it comes. */
        WAITING,
        /** Told before: nothing changed. */
        REPEATED,
        /** Told before, of another sale, kind or amount: nothing changed, and somebody should know. */
        DIFFERENT,
        /** Not in the sale's currency: not stored. */
        CURRENCY_MISMATCH,
        /** More than is left of the sale: not stored. */
        TOO_MUCH
    }
}
