package dev.tributary.promo;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One apply of one or several codes to one order: first reserved, then confirmed with the order's id or released.
 *
 * @param customer the merchant's id of who buys
 * @param amount the order before any discount
 * @param uses in the order in which the codes were typed, at least one
 * @param externalId the merchant's id of the order, and {@code paidMinor} what was paid, once it is confirmed
 * @param expiresAt when it is released unless it is confirmed
 */
public record Redemption(
        UUID id,
        UUID programId,
        String customer,
        State state,
        Money amount,
        @Nullable String plan,
        List<Use> uses,
        @Nullable String externalId,
        @Nullable Long paidMinor,
        Instant expiresAt,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant releasedAt,
        @Nullable Release released) {
    /** What becomes of it. */
    @Schema(name = "RedemptionState")
    public enum State {
        RESERVED,
        CONFIRMED,
        RELEASED;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Why it was released. */
    @Schema(name = "RedemptionRelease")
    public enum Release {
        EXPIRED,
        CANCELED,
        PAYMENT_FAILED;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Release of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** One of the codes, whose it is, and what it takes off. */
    public record Use(
            UUID codeId, String code, @Nullable UUID enrollmentId, @Nullable UUID affiliateId, long discountMinor) {}

    public Redemption {
        uses = List.copyOf(uses);
    }

    Money discount() {
        return new Money(uses.stream().mapToLong(Use::discountMinor).sum(), amount.currency());
    }

    /** What is left to pay. */
    Money total() {
        return new Money(amount.amount() - discount().amount(), amount.currency());
    }

    /** The first code that is somebody's: its affiliate is who brought the buyer. */
    Optional<Use> credited() {
        return uses.stream().filter(use -> use.affiliateId() != null).findFirst();
    }
}
