package dev.tributary.conversion.track;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Touch;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Leads or sales that staff enter by hand: one, or a number of them with what they come to in all. */
@Schema(name = "ConversionInput")
public record ConversionInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q", required = true) @Nullable String programId,
        @Schema(
                        examples = "aff_01h455vb4pex5vsknk084sn02q",
                        description =
                                "Is credited, whatever else speaks; needed unless a click, a code or a customer is given")
                @Nullable
                String affiliateId,
        @Schema(description = "sale unless given") @Nullable Kind kind,
        @Schema(examples = "25", description = "How many, 1 to 1000; 1 unless given") @Nullable Integer conversions,
        @Schema(
                        implementation = Money.class,
                        description = "Of sales: what all of them come to, divided to the last minor unit")
                @Nullable
                JsonNode revenue,
        @Schema(
                        examples = "fair-2026",
                        required = true,
                        description =
                                "One a program for ever; of several each gets its number behind it: fair-2026-1 and so on")
                @Nullable
                String externalId,
        @Schema(examples = "user-4711", description = "Of one alone") @Nullable String customerExternalId,
        @Schema(examples = "clk_01h455vb4pex5vsknk084sn02q") @Nullable String clickId,
        @Schema(examples = "ECO10") @Nullable String promoCode,
        @Schema(examples = "2026-11-20T12:00:00Z", description = "Now unless given") @Nullable String occurredAt) {
    /** The events: of a revenue that cannot be divided evenly the first get one minor unit more. */
    public List<Incoming> incoming(EventFields fields, Door door) {
        return incoming(fields, door, "revenue");
    }

    /** The same where the revenue goes by another name. */
    public List<Incoming> incoming(EventFields fields, Door door, String money) {
        UUID program = fields.id("programId", programId, TypeId.PROGRAM);
        fields.require(programId != null, "programId", "required", "programId is missing");
        UUID affiliate = fields.id("affiliateId", affiliateId, TypeId.AFFILIATE);
        UUID click = fields.id("clickId", clickId, TypeId.CLICK);
        String code = fields.text("promoCode", promoCode, EventInput.MOST_CODE);
        String external = fields.required("externalId", externalId, Incoming.MOST_CHARACTERS - 5);
        String customer = fields.text("customerExternalId", customerExternalId, Incoming.MOST_CHARACTERS);
        Kind what = kind == null ? Kind.SALE : kind;
        int count = conversions == null ? 1 : conversions;
        Money all = fields.money(money, revenue, what == Kind.SALE);
        fields.require(
                count >= 1 && count <= Conversions.MOST,
                "conversions",
                "out_of_range",
                "conversions is 1 to " + Conversions.MOST);
        fields.require(
                customer == null || count == 1, "customerExternalId", "not_one", "Several have not one customer");
        fields.require(what == Kind.SALE || all == null, money, "not_a_sale", "A lead has no " + money);
        Instant at = fields.occurredAt("occurredAt", occurredAt);
        if (all != null && all.amount() < count)
            fields.bad(money + ".amount", "out_of_range", "Each sale is at least one minor unit");
        fields.done();
        List<Incoming> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Incoming(
                    Objects.requireNonNull(program),
                    what,
                    count == 1 ? external : external + "-" + (i + 1),
                    customer,
                    all == null ? Incoming.NO_MONEY : part(all, count, i),
                    List.of(),
                    at,
                    door,
                    new Touch(click, null, code, affiliate),
                    Buyer.UNKNOWN,
                    Details.NONE));
        }
        return events;
    }

    private static Money part(Money all, int count, int place) {
        long more = place < all.amount() % count ? 1 : 0;
        return new Money(all.amount() / count + more, all.currency());
    }

    public static Problem noProgram() {
        return Problem.field("programId", "unknown", "There is no such program");
    }
}
