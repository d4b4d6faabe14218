package dev.tributary.commission;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A milestone as staff see it. */
@Schema(name = "Milestone")
public record MilestoneView(
        @Schema(examples = "mst_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Ten customers") String name,
        @Schema(examples = "10") int threshold,
        Money bonus,
        String description,
        boolean active,
        @Schema(nullable = true, description = "Whether refunds take the bonus back; null: the program says") @Nullable
                Boolean clawback,
        int position,
        Instant createdAt,
        Instant updatedAt) {
    static final Csv<MilestoneView> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "name",
                    "threshold",
                    "bonus",
                    "currency",
                    "description",
                    "active",
                    "clawback",
                    "position",
                    "createdAt",
                    "updatedAt"),
            m -> List.of(
                    m.id(),
                    m.programId(),
                    m.name(),
                    Integer.toString(m.threshold()),
                    Long.toString(m.bonus().amount()),
                    m.bonus().currency(),
                    m.description(),
                    Boolean.toString(m.active()),
                    Objects.toString(m.clawback(), ""),
                    Integer.toString(m.position()),
                    m.createdAt().toString(),
                    m.updatedAt().toString()));

    static MilestoneView of(Milestone m) {
        return new MilestoneView(
                TypeId.MILESTONE.format(m.id()),
                TypeId.PROGRAM.format(m.programId()),
                m.name(),
                m.threshold(),
                new Money(m.bonusMinor(), m.currency()),
                m.description(),
                m.active(),
                m.clawback(),
                m.position(),
                m.createdAt(),
                m.updatedAt());
    }

    /** How far an affiliate is with a milestone. */
    @Schema(name = "MilestoneProgress")
    public record Progress(
            @Schema(examples = "mst_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(examples = "Ten customers") String name,
            String description,
            @Schema(examples = "10") int threshold,
            Money bonus,
            @Schema(examples = "3", description = "How many referrals are missing") long remaining,
            @Schema(examples = "7000", description = "How much of the way is done, in basis points") int progressBps,
            @Schema(nullable = true, description = "When the bonus was awarded") @Nullable Instant awardedAt) {
        static final Csv<Progress> CSV = new Csv<>(
                List.of(
                        "id",
                        "name",
                        "description",
                        "threshold",
                        "bonus",
                        "currency",
                        "remaining",
                        "progressBps",
                        "awardedAt"),
                each -> List.of(
                        each.id(),
                        each.name(),
                        each.description(),
                        Integer.toString(each.threshold()),
                        Long.toString(each.bonus().amount()),
                        each.bonus().currency(),
                        Long.toString(each.remaining()),
                        Integer.toString(each.progressBps()),
                        Objects.toString(each.awardedAt(), "")));

        static Progress of(AwardRepository.Standing standing, long count) {
            Milestone m = standing.milestone();
            return new Progress(
                    TypeId.MILESTONE.format(m.id()),
                    m.name(),
                    m.description(),
                    m.threshold(),
                    new Money(m.bonusMinor(), m.currency()),
                    Math.max(0, m.threshold() - count),
                    (int) Math.min(10_000, count * 10_000 / m.threshold()),
                    standing.awardedAt());
        }
    }

    /** All milestones of one program, from the lowest up. */
    @Schema(name = "MilestoneProgressList")
    public record Path(
            @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
            @Schema(
                            examples = "7",
                            description =
                                    "Referrals that bought and did not give everything back, counted up to the highest milestone")
                    long convertedReferrals,
            @Schema(nullable = true, description = "The one that is reached next") @Nullable Progress next,
            List<Progress> data,
            @Schema(nullable = true, description = "Always null: a program has at most 50 milestones") @Nullable
                    String nextCursor) {
        static Path of(java.util.UUID programId, List<AwardRepository.Standing> standings, long count) {
            List<Progress> all =
                    standings.stream().map(each -> Progress.of(each, count)).toList();
            Progress next = all.stream()
                    .filter(each -> each.awardedAt() == null && each.remaining() > 0)
                    .findFirst()
                    .orElse(null);
            return new Path(TypeId.PROGRAM.format(programId), count, next, all, null);
        }
    }
}
