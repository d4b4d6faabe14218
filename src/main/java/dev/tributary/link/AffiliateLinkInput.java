package dev.tributary.link;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.program.Program;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What affiliates make a link of their own from or change it to: in a change, the first two are refused. */
@Schema(name = "AffiliateLinkInput")
record AffiliateLinkInput(
        @Schema(
                        examples = "prg_01h455vb4pex5vsknk084sn02q",
                        description = "Needed by those who are in several programs")
                @Nullable
                String programId,
        @Schema(examples = "SUMMER", description = "Made up unless given; letters, digits, _ and -") @Nullable
                String code,
        @Schema(
                        examples = "/prices?plan=pro",
                        description = "A path on the landing page's host or an address on an allowed host; the "
                                + "program's landing page unless given")
                @Nullable
                String destination,
        @Schema(examples = "newsletter") @Nullable String src,
        @Nullable String sub1,
        @Nullable String sub2,
        @Nullable String sub3,
        @Nullable String sub4,
        @Nullable String sub5,
        Link.@Nullable Status status,
        @Schema(implementation = Instant.class, description = "null takes an expiry away") @Nullable
                Optional<Instant> expiresAt,
        @Schema(
                        implementation = String.class,
                        examples = "cmp_01h455vb4pex5vsknk084sn02q",
                        description = "A campaign in the same program; null takes it out")
                @Nullable
                Optional<String> campaignId) {
    /** The link with what is given here, but for the campaign, which must be looked up. */
    Link over(Link old, Program program, Optional<String> tracker, Instant now) {
        String whole = destination == null ? null : DeepLink.whole(destination, program);
        return new LinkInput(null, null, null, whole, src, sub1, sub2, sub3, sub4, sub5, status, expiresAt)
                .over(old, program, tracker, now);
    }

    @Nullable
    UUID program() {
        if (programId == null) return null;
        return TypeId.PROGRAM
                .parse(programId)
                .orElseThrow(() ->
                        Problem.field("programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
    }

    /** The campaign that is asked for, or null where there is none. */
    @Nullable
    UUID campaign() {
        if (campaignId == null || campaignId.isEmpty()) return null;
        return TypeId.CAMPAIGN
                .parse(campaignId.get())
                .orElseThrow(() ->
                        Problem.field("campaignId", "malformed", "campaignId starts with " + TypeId.CAMPAIGN.prefix()));
    }

    /** The campaign of the link with this change. */
    @Nullable
    UUID campaignOver(Link old) {
        return campaignId == null ? old.campaignId() : campaign();
    }

    /** The two that make a link what it is cannot change. */
    AffiliateLinkInput asChange() {
        if (programId != null) throw Problem.field("programId", "read_only", "programId of a link cannot change");
        if (code != null) throw Problem.field("code", "read_only", "code of a link cannot change");
        return this;
    }
}
