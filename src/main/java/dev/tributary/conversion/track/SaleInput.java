package dev.tributary.conversion.track;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Line;
import dev.tributary.conversion.Touch;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Somebody paid. */
@Schema(name = "SaleInput")
record SaleInput(
        @Schema(
                        examples = "order-10023",
                        required = true,
                        description =
                                "The merchant's id of this event, such as the order's or the invoice's; one a program for ever")
                @Nullable
                String externalId,
        @Schema(
                        examples = "user-4711",
                        description = "The merchant's id of the customer, who stays bound to whoever is credited first")
                @Nullable
                String customerExternalId,
        @Schema(examples = "clk_01h455vb4pex5vsknk084sn02q") @Nullable String clickId,
        @Schema(examples = "vis_01h455vb4pex5vsknk084sn02q") @Nullable String visitorId,
        @Schema(examples = "ECO10") @Nullable String promoCode,
        @Schema(implementation = Money.class, required = true, description = "What commissions are computed from")
                @Nullable
                JsonNode amount,
        @Schema(description = "At most 100, together no more than the amount") @Nullable
                List<@Nullable ItemInput> items,
        @Schema(examples = "2026-11-21T09:30:00Z", description = "Now unless given") @Nullable String occurredAt,
        @Schema(
                        examples = "f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a",
                        description = "SHA-256 of the e-mail address in lower case")
                @Nullable
                String customerEmailHash,
        @Schema(examples = "mail.example") @Nullable String customerEmailDomain,
        @Schema(examples = "203.0.113.7", description = "Only its network is kept") @Nullable String customerIp,
        @Schema(examples = "DE") @Nullable String customerCountry,
        @Schema(examples = "pro-yearly") @Nullable String plan,
        @Schema(examples = "sub-99") @Nullable String subscriptionId,
        @Nullable Map<String, @Nullable String> metadata)
        implements EventInput {
    @Override
    public Incoming incoming(EventFields fields, UUID program, Door door) {
        String external = fields.required("externalId", externalId, Incoming.MOST_CHARACTERS);
        String customer = fields.text("customerExternalId", customerExternalId, Incoming.MOST_CHARACTERS);
        UUID click = fields.id("clickId", clickId, TypeId.CLICK);
        UUID visitor = fields.id("visitorId", visitorId, TypeId.VISITOR);
        String code = fields.text("promoCode", promoCode, MOST_CODE);
        Money paid = fields.money("amount", amount, true);
        List<Line> lines = fields.lines(items, paid);
        Instant at = fields.occurredAt("occurredAt", occurredAt);
        Buyer buyer = fields.buyer(customerEmailHash, customerEmailDomain, customerIp, customerCountry);
        Details details = fields.details(plan, subscriptionId, metadata);
        fields.done();
        return new Incoming(
                program,
                Kind.SALE,
                external,
                customer,
                Objects.requireNonNull(paid),
                lines,
                at,
                door,
                new Touch(click, visitor, code, null),
                buyer,
                details);
    }
}
