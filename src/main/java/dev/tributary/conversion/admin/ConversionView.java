package dev.tributary.conversion.admin;

import dev.tributary.conversion.Conversion;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Shown;
import dev.tributary.conversion.Status;
import dev.tributary.conversion.Touch;
import dev.tributary.conversion.track.CreditView;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A conversion as staff see it. */
@Schema(name = "Conversion")
record ConversionView(
        @Schema(examples = "cnv_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        Kind kind,
        @Schema(examples = "order-10023") String externalId,
        @Schema(examples = "user-4711", nullable = true) @Nullable String customerExternalId,
        Status status,
        @Schema(nullable = true, description = "Why it was rejected") @Nullable Reason reason,
        Money amount,
        @Schema(description = "What went back so far") Money refunded,
        @Schema(description = "Who is credited; nobody unless accepted or refunded") List<CreditView> credits,
        @Schema(examples = "1", description = "The number of the decision that counts") int decision,
        @Schema(
                        nullable = true,
                        examples = "2026-11-24T09:30:00Z",
                        description = "Until when a click that is named and missing is waited for")
                @Nullable
                Instant waitingUntil,
        Door door,
        @Schema(nullable = true, examples = "clk_01h455vb4pex5vsknk084sn02q") @Nullable String clickId,
        @Schema(nullable = true, examples = "vis_01h455vb4pex5vsknk084sn02q") @Nullable String visitorId,
        @Schema(nullable = true, examples = "ECO10") @Nullable String promoCode,
        @Schema(
                        nullable = true,
                        examples = "aff_01h455vb4pex5vsknk084sn02q",
                        description = "Named by staff or an import")
                @Nullable
                String namedAffiliateId,
        List<ItemView> items,
        @Schema(nullable = true, examples = "pro-yearly") @Nullable String plan,
        @Schema(nullable = true, examples = "sub-99") @Nullable String subscriptionId,
        Map<String, String> metadata,
        @Schema(examples = "2026-11-21T09:30:00Z") Instant occurredAt,
        @Schema(examples = "2026-11-21T09:30:01.123456Z") Instant createdAt) {
    static final Csv<Shown> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "kind",
                    "externalId",
                    "customerExternalId",
                    "status",
                    "reason",
                    "amount",
                    "refunded",
                    "currency",
                    "affiliateId",
                    "src",
                    "door",
                    "occurredAt",
                    "createdAt"),
            ConversionView::cells);

    static ConversionView of(Shown shown) {
        Conversion stored = shown.conversion();
        Incoming event = stored.event();
        Touch touch = event.touch();
        return new ConversionView(
                TypeId.CONVERSION.format(stored.id()),
                TypeId.PROGRAM.format(event.programId()),
                event.kind(),
                event.externalId(),
                event.customer(),
                stored.status(),
                stored.reason(),
                event.amount(),
                new Money(stored.refunded(), event.amount().currency()),
                shown.credits().stream().map(CreditView::of).toList(),
                stored.decision(),
                stored.waitingUntil(),
                event.door(),
                id(TypeId.CLICK, touch.clickId()),
                id(TypeId.VISITOR, touch.visitorId()),
                touch.promoCode(),
                id(TypeId.AFFILIATE, touch.affiliateId()),
                event.lines().stream().map(ItemView::of).toList(),
                event.details().plan(),
                event.details().subscriptionId(),
                event.details().metadata(),
                event.occurredAt(),
                stored.createdAt());
    }

    private static @Nullable String id(TypeId kind, @Nullable UUID id) {
        return id == null ? null : kind.format(id);
    }

    private static List<String> cells(Shown shown) {
        Conversion stored = shown.conversion();
        Incoming event = stored.event();
        return List.of(
                TypeId.CONVERSION.format(stored.id()),
                TypeId.PROGRAM.format(event.programId()),
                event.kind().word(),
                event.externalId(),
                event.customer() == null ? "" : event.customer(),
                stored.status().word(),
                stored.reason() == null ? "" : stored.reason().word(),
                Long.toString(event.amount().amount()),
                Long.toString(stored.refunded()),
                event.amount().currency(),
                stored.affiliateId() == null ? "" : TypeId.AFFILIATE.format(stored.affiliateId()),
                stored.src(),
                event.door().word(),
                event.occurredAt().toString(),
                stored.createdAt().toString());
    }
}
