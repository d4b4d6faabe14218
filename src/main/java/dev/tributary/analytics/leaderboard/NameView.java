package dev.tributary.analytics.leaderboard;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.program.Enrollment;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What others see of an affiliate where it ranks. */
@Schema(name = "LeaderboardName")
record NameView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(description = "Whether the affiliate wishes to be shown by its display name") boolean shown,
        @Schema(
                        examples = "J.S.",
                        description = "The display name, or initials where the program or the affiliate says so")
                String appearsAs) {
    /** What an affiliate chooses. */
    @Schema(name = "LeaderboardNameInput")
    record Input(
            @Schema(
                            examples = "prg_01h455vb4pex5vsknk084sn02q",
                            description = "Needed by those who are in several programs")
                    @Nullable
                    String programId,
            @Schema(description = "Whether to be shown by one's display name") @Nullable Boolean shown) {
        boolean checked() {
            if (shown == null) throw Problem.field("shown", "required", "shown is missing");
            return shown;
        }

        @Nullable
        UUID program() {
            if (programId == null) return null;
            return TypeId.PROGRAM
                    .parse(programId)
                    .orElseThrow(() -> Problem.field(
                            "programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
        }
    }

    static NameView of(Enrollment own, Setting setting, SettingRepository.Named named) {
        return new NameView(
                TypeId.PROGRAM.format(own.programId()),
                named.wishes(),
                setting.shown(named.name(), named.displayName(), named.wishes()));
    }
}
