package dev.tributary.link;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A link as the API shows it. */
@Schema(name = "Link")
record LinkView(
        @Schema(examples = "lnk_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        String affiliateId,
        String enrollmentId,
        @Schema(
                        nullable = true,
                        examples = "cmp_01h455vb4pex5vsknk084sn02q",
                        description = "The campaign that the affiliate put it in")
                @Nullable
                String campaignId,
        @Schema(examples = "SUMMER") String code,
        @Schema(examples = "https://shop.example.com/sale", description = "Empty: the program's landing page")
                String destination,
        String src,
        String sub1,
        String sub2,
        String sub3,
        String sub4,
        String sub5,
        Link.Status status,
        @Schema(nullable = true) @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt) {
    static LinkView of(Link l) {
        return new LinkView(
                TypeId.LINK.format(l.id()),
                TypeId.PROGRAM.format(l.programId()),
                TypeId.AFFILIATE.format(l.affiliateId()),
                TypeId.ENROLLMENT.format(l.enrollmentId()),
                l.campaignId() == null ? null : TypeId.CAMPAIGN.format(l.campaignId()),
                l.code(),
                l.destination(),
                l.src(),
                l.subs().get(0),
                l.subs().get(1),
                l.subs().get(2),
                l.subs().get(3),
                l.subs().get(4),
                l.status(),
                l.expiresAt(),
                l.createdAt(),
                l.updatedAt());
    }
}
