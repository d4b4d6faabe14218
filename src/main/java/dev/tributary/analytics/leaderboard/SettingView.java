package dev.tributary.analytics.leaderboard;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a program shows who ranks where. */
@Schema(name = "LeaderboardSetting")
record SettingView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(description = "The program's own leaderboard, which can be changed there too") boolean enabled,
        Setting.Naming names,
        @Schema(examples = "50", description = "Clicks without which a conversion rate is not ranked")
                int minimumClicks) {
    /** What a program's leaderboard is to be; what is left out is as usual. */
    @Schema(name = "LeaderboardSettingInput")
    record Input(
            @Nullable Boolean enabled,
            Setting.@Nullable Naming names,
            @Schema(examples = "50", description = "1 to 1,000,000; 50 unless given") @Nullable Integer minimumClicks) {
        Setting setting() {
            int minimum = requireNonNullElse(minimumClicks, Setting.USUAL_CLICKS);
            new FieldErrors()
                    .require(enabled != null, "enabled", "required", "enabled is missing")
                    .allow(
                            minimum >= 1 && minimum <= Setting.MOST_CLICKS,
                            "minimumClicks",
                            "out_of_range",
                            "minimumClicks is 1 to " + Setting.MOST_CLICKS)
                    .done();
            return new Setting(
                    Boolean.TRUE.equals(enabled), requireNonNullElse(names, Setting.Naming.INITIALS), minimum);
        }
    }

    static SettingView of(UUID programId, Setting setting) {
        return new SettingView(
                TypeId.PROGRAM.format(programId), setting.enabled(), setting.naming(), setting.minimumClicks());
    }
}
