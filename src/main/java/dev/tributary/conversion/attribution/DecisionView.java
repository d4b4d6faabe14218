package dev.tributary.conversion.attribution;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One decision about a conversion as the API shows it: who is credited, and why. */
@Schema(name = "AttributionDecision")
record DecisionView(
        @Schema(examples = "1", description = "The highest counts; those before it stay as they were") int number,
        Basis basis,
        @Schema(nullable = true, description = "Why nobody is credited; null where somebody is") @Nullable
                Exclusion reason,
        @Schema(examples = "last_click", description = "The program's model at that moment") String model,
        @Schema(examples = "1", description = "Of the model: grows when what it answers changes") int modelVersion,
        @Schema(examples = "30") int windowDays,
        @Schema(description = "Whether the event named a click that had not landed") boolean clickMissing,
        Instant decidedAt,
        List<Share> winners,
        @Schema(description = "The clicks that were looked at, oldest first; at most a hundred, the newest")
                List<Click> candidates) {
    DecisionView {
        winners = List.copyOf(winners);
        candidates = List.copyOf(candidates);
    }

    /** One affiliate's part. */
    @Schema(name = "AttributionShare")
    record Share(
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "enr_01h455vb4pex5vsknk084sn02t") String enrollmentId,
            @Schema(
                            nullable = true,
                            description = "Its newest click that counts; null where it was no click that decided")
                    @Nullable
                    String clickId,
            @Schema(nullable = true) @Nullable String linkId,
            @Schema(examples = "newsletter") String src,
            @Schema(examples = "10000", description = "In basis points; those of a decision sum to 10,000")
                    int weightBps) {
        static Share of(Winner w) {
            return new Share(
                    TypeId.AFFILIATE.format(w.affiliateId()),
                    TypeId.ENROLLMENT.format(w.enrollmentId()),
                    text(w.clickId(), TypeId.CLICK),
                    text(w.linkId(), TypeId.LINK),
                    w.src(),
                    w.weightBps());
        }

        private static @Nullable String text(@Nullable UUID id, TypeId kind) {
            return id == null ? null : kind.format(id);
        }
    }

    /** One click that was looked at. */
    @Schema(name = "AttributionCandidate")
    record Click(
            @Schema(examples = "clk_01h455vb4pex5vsknk084sn02v") String clickId,
            Instant clickedAt,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "lnk_01h455vb4pex5vsknk084sn02s") String linkId,
            @Schema(examples = "newsletter") String src,
            @Schema(nullable = true, description = "Why it could not earn; null where it could") @Nullable
                    Exclusion excluded,
            @Schema(examples = "10000", description = "What it earned, in basis points") int weightBps) {
        static Click of(Candidate c) {
            return new Click(
                    TypeId.CLICK.format(c.clickId()),
                    c.clickedAt(),
                    TypeId.AFFILIATE.format(c.affiliateId()),
                    TypeId.LINK.format(c.linkId()),
                    c.src(),
                    c.excluded(),
                    c.weightBps());
        }
    }

    /** What is shown of a decision that was kept. */
    static DecisionView of(Decision d, Instant decidedAt) {
        return new DecisionView(
                d.number(),
                d.basis(),
                d.reason(),
                d.model(),
                d.version(),
                d.windowDays(),
                d.clickMissing(),
                decidedAt,
                d.winners().stream().map(Share::of).toList(),
                d.candidates().stream().map(Click::of).toList());
    }
}
