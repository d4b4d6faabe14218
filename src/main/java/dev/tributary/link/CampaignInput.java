package dev.tributary.link;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a campaign is made from or changed to: in a change, fields left out stay as they are and the first is refused. */
@Schema(name = "CampaignInput")
record CampaignInput(
        @Schema(
                        examples = "prg_01h455vb4pex5vsknk084sn02q",
                        description = "Needed by those who are in several programs")
                @Nullable
                String programId,
        @Schema(examples = "Spring sale") @Nullable String name,
        @Schema(examples = "spring-26", description = "utm_campaign of its links; empty: the referral code") @Nullable
                String utmCampaign,
        @Schema(implementation = LocalDate.class, examples = "2026-03-01", description = "null takes the day away")
                @Nullable
                Optional<LocalDate> startsOn,
        @Schema(implementation = LocalDate.class, examples = "2026-03-31", description = "null takes the day away")
                @Nullable
                Optional<LocalDate> endsOn) {
    Campaign over(Campaign old, Instant now) {
        return new Campaign(
                        old.id(),
                        old.enrollmentId(),
                        old.programId(),
                        old.affiliateId(),
                        name == null ? old.name() : name.strip(),
                        Objects.requireNonNullElse(utmCampaign, old.utmCampaign()),
                        startsOn == null ? old.startsOn() : startsOn.orElse(null),
                        endsOn == null ? old.endsOn() : endsOn.orElse(null),
                        old.links(),
                        old.createdAt(),
                        now)
                .checked();
    }

    @Nullable
    UUID program() {
        if (programId == null) return null;
        return TypeId.PROGRAM
                .parse(programId)
                .orElseThrow(() ->
                        Problem.field("programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
    }

    CampaignInput asChange() {
        if (programId != null) throw Problem.field("programId", "read_only", "programId of a campaign cannot change");
        return this;
    }
}
