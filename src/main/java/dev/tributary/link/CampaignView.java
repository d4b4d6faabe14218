package dev.tributary.link;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A campaign as its affiliate sees it. */
@Schema(name = "Campaign")
record CampaignView(
        @Schema(examples = "cmp_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Spring sale") String name,
        @Schema(examples = "spring-26", description = "Empty: the referral code") String utmCampaign,
        @Schema(nullable = true, examples = "2026-03-01") @Nullable LocalDate startsOn,
        @Schema(nullable = true, examples = "2026-03-31") @Nullable LocalDate endsOn,
        @Schema(examples = "3", description = "How many links are in it") long links,
        Instant createdAt,
        Instant updatedAt) {
    static CampaignView of(Campaign c) {
        return new CampaignView(
                TypeId.CAMPAIGN.format(c.id()),
                TypeId.PROGRAM.format(c.programId()),
                c.name(),
                c.utmCampaign(),
                c.startsOn(),
                c.endsOn(),
                c.links(),
                c.createdAt(),
                c.updatedAt());
    }
}
