package dev.tributary.conversion;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Money of a sale that went back, or came again.
 *
 * @param externalId the merchant's own id of the refund; one a program, for ever
 * @param saleExternalId the {@code externalId} of the sale
 * @param amount null gives back all that is left; of a dispute that was won, all that the dispute took
 */
public record IncomingRefund(
        UUID programId,
        RefundKind kind,
        String externalId,
        String saleExternalId,
        @Nullable Money amount,
        Instant occurredAt) {

    /** Why money moved back. */
    @Schema(name = "RefundKind")
    public enum RefundKind {
        REFUND,
        DISPUTE,
        /** Comes again what a dispute of the same sale took. */
        DISPUTE_WON;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static RefundKind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
