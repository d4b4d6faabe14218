package dev.tributary.conversion.own;

import dev.tributary.conversion.Referral;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer who is bound to the affiliate that asks, or to one whom it recruited; nothing tells who the customer is. */
@Schema(name = "OwnReferral")
record OwnReferralView(
        @Schema(examples = "ref_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "converted",
                        enumeration = {"signed_up", "converted", "churned"})
                String status,
        @Schema(examples = "newsletter", description = "The source tag of the click that brought it") String src,
        @Schema(
                        nullable = true,
                        examples = "aff_01h455vb4pex5vsknk084sn02q",
                        description = "Who brought it, of those whom you recruited; null where you did")
                @Nullable
                String subAffiliateId,
        @Schema(nullable = true, examples = "2026-10-30T18:00:00Z", description = "The click that brought it") @Nullable
                Instant firstTouchAt,
        @Schema(examples = "2026-11-01T10:15:30Z") Instant signedUpAt,
        @Schema(nullable = true, examples = "2026-11-03T08:00:00Z", description = "The first sale") @Nullable
                Instant convertedAt,
        @Schema(nullable = true, examples = "2026-12-03T08:00:00Z", description = "When it last left") @Nullable
                Instant churnedAt) {
    static final List<String> STATUSES = List.of("signed_up", "converted", "churned");

    static final Csv<Entry> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "status",
                    "src",
                    "subAffiliateId",
                    "firstTouchAt",
                    "signedUpAt",
                    "convertedAt",
                    "churnedAt"),
            e -> List.of(
                    e.view.id,
                    e.view.programId,
                    e.view.status,
                    e.view.src,
                    text(e.view.subAffiliateId),
                    text(e.view.firstTouchAt),
                    text(e.view.signedUpAt),
                    text(e.view.convertedAt),
                    text(e.view.churnedAt)));

    /** With the id by which its list goes on. */
    record Entry(UUID id, OwnReferralView view) {}

    static Entry of(Referral referral, UUID me) {
        UUID affiliate = referral.affiliateId();
        UUID click = referral.clickId();
        return new Entry(
                referral.id(),
                new OwnReferralView(
                        TypeId.REFERRAL.format(referral.id()),
                        TypeId.PROGRAM.format(referral.programId()),
                        referral.status(),
                        referral.src(),
                        affiliate.equals(me) ? null : TypeId.AFFILIATE.format(affiliate),
                        click == null ? null : Ids.timeOf(click),
                        referral.signedUpAt(),
                        referral.convertedAt(),
                        referral.churnedAt()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
