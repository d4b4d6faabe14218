package dev.tributary.conversion.own;

import dev.tributary.conversion.Conversion;
import dev.tributary.conversion.Credit;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Shown;
import dev.tributary.conversion.Status;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A conversion as the affiliate sees it that is credited with it, without anything that tells who the customer is. */
@Schema(name = "OwnConversion")
record OwnConversionView(
        @Schema(examples = "cnv_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        Kind kind,
        Status status,
        Money amount,
        @Schema(description = "What went back so far") Money refunded,
        @Schema(examples = "10000", description = "Your part, in basis points") int weightBps,
        @Schema(nullable = true, examples = "lnk_01h455vb4pex5vsknk084sn02q") @Nullable String linkId,
        @Schema(examples = "newsletter", description = "Your click's source tag") String src,
        @Schema(examples = "2026-11-21T09:30:00Z") Instant occurredAt) {
    static final Csv<OwnConversionView> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "kind",
                    "status",
                    "amount",
                    "refunded",
                    "currency",
                    "weightBps",
                    "linkId",
                    "src",
                    "occurredAt"),
            v -> List.of(
                    v.id,
                    v.programId,
                    v.kind.word(),
                    v.status.word(),
                    Long.toString(v.amount.amount()),
                    Long.toString(v.refunded.amount()),
                    v.amount.currency(),
                    Integer.toString(v.weightBps),
                    v.linkId == null ? "" : v.linkId,
                    v.src,
                    v.occurredAt.toString()));

    static OwnConversionView of(Shown shown, UUID affiliate) {
        Conversion stored = shown.conversion();
        Money amount = stored.event().amount();
        Credit mine = shown.credits().stream()
                .filter(credit -> credit.affiliateId().equals(affiliate))
                .findFirst()
                .orElseThrow();
        return new OwnConversionView(
                TypeId.CONVERSION.format(stored.id()),
                TypeId.PROGRAM.format(stored.event().programId()),
                stored.event().kind(),
                stored.status(),
                amount,
                new Money(stored.refunded(), amount.currency()),
                mine.weightBps(),
                mine.linkId() == null ? null : TypeId.LINK.format(mine.linkId()),
                mine.src(),
                stored.event().occurredAt());
    }
}
