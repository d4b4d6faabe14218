package dev.tributary.promo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.money.Money;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An order that was paid. */
@Schema(name = "ConfirmInput")
record ConfirmInput(
        @Schema(
                        examples = "order-10023",
                        required = true,
                        description = "The merchant's id of the order: the same as of the sale, if that is tracked too")
                @Nullable
                String externalId,
        @Schema(
                        implementation = Money.class,
                        description = "What was paid; what the apply left to pay unless it is given")
                @Nullable
                JsonNode amount) {
    /** The id of the order and what was paid for it. */
    record Paid(String externalId, Money amount) {}

    Paid read(Redemption r) {
        ApplyFields fields = new ApplyFields();
        String order = fields.required("externalId", externalId, Applying.MOST_CHARACTERS);
        Money paid = amount == null || amount.isNull()
                ? r.total()
                : fields.money("amount", amount, r.amount().currency(), 0);
        fields.done();
        return new Paid(order, Objects.requireNonNull(paid));
    }
}
