package dev.tributary.promo.stripe;

import dev.tributary.id.TypeId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a discount code stands at Stripe, as the API shows it. */
@Schema(name = "StripeCoupon")
public record StripeCouponView(
        @Schema(examples = "dsc_01h455vb4pex5vsknk084sn02q") String discountCodeId,
        @Schema(examples = "LAUNCH20") String code,
        SyncState state,
        @Schema(nullable = true, examples = "dsc_01h455vb4pex5vsknk084sn02q-7", description = "Stripe's coupon")
                @Nullable
                String couponId,
        @Schema(nullable = true, examples = "promo_1PqkGm2eZvKYlo2C", description = "Stripe's promotion code") @Nullable
                String promotionCodeId,
        @Schema(description = "Whether the promotion code may be used at Stripe") boolean active,
        @Schema(nullable = true, description = "Why it is not in step; in Stripe's words where they are Stripe's")
                @Nullable
                String lastError,
        @Schema(examples = "0", description = "Attempts in a row that failed") int failures,
        @Schema(nullable = true, description = "When Stripe last held what it should") @Nullable Instant syncedAt,
        @Schema(nullable = true, description = "When it is tried again at the latest; null where nothing is to do")
                @Nullable
                Instant nextAttemptAt) {
    static final List<String> COLUMNS = List.of(
            "discountCodeId",
            "code",
            "state",
            "couponId",
            "promotionCodeId",
            "active",
            "lastError",
            "failures",
            "syncedAt",
            "nextAttemptAt");

    /** With the id by which lists are paged. */
    record Entry(UUID id, StripeCouponView view) {}

    static Entry read(Row row) {
        UUID code = row.getUUID("code_id");
        return new Entry(
                code,
                new StripeCouponView(
                        TypeId.DISCOUNT_CODE.format(code),
                        row.getString("code"),
                        SyncState.of(row.getString("state")),
                        row.getString("coupon_id"),
                        row.getString("promotion_code_id"),
                        row.getBoolean("active"),
                        row.getString("last_error"),
                        row.getInteger("failures"),
                        moment(row, "synced_at"),
                        moment(row, "next_attempt_at")));
    }

    private static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    List<String> cells() {
        return List.of(
                discountCodeId,
                code,
                state.word(),
                text(couponId),
                text(promotionCodeId),
                Boolean.toString(active),
                text(lastError),
                Integer.toString(failures),
                text(syncedAt),
                text(nextAttemptAt));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
