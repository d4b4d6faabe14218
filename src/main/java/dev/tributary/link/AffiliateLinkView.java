package dev.tributary.link;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A link as its affiliate sees it. */
@Schema(name = "AffiliateLink")
record AffiliateLinkView(
        @Schema(examples = "lnk_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(nullable = true, examples = "cmp_01h455vb4pex5vsknk084sn02q") @Nullable String campaignId,
        @Schema(examples = "SUMMER") String code,
        @Schema(examples = "https://go.example.com/r/SUMMER", description = "What to share") String url,
        @Schema(examples = "https://shop.example.com/sale", description = "Empty: the program's landing page")
                String destination,
        @Schema(examples = "newsletter") String src,
        String sub1,
        String sub2,
        String sub3,
        String sub4,
        String sub5,
        Link.Status status,
        @Schema(nullable = true) @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt) {
    /** @param tracker the address of this installation, without a slash at the end */
    static AffiliateLinkView of(Link l, String tracker) {
        return new AffiliateLinkView(
                TypeId.LINK.format(l.id()),
                TypeId.PROGRAM.format(l.programId()),
                l.campaignId() == null ? null : TypeId.CAMPAIGN.format(l.campaignId()),
                l.code(),
                tracker + "/r/" + l.code(),
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
