package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How often an affiliate is paid in one program. */
@Schema(name = "PayoutSchedule")
record ScheduleView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "monthly",
                        enumeration = {"monthly", "daily"},
                        description = "What you chose; monthly unless you chose otherwise")
                String schedule,
        @Schema(examples = "1", description = "The day of the monthly run") int dayOfMonth,
        @Schema(examples = "Europe/Berlin", description = "Whose days these are") String timeZone,
        @Schema(examples = "2026-12-01", description = "When you are paid next by itself") LocalDate nextRun,
        @Schema(description = "Whether you may be paid daily, as things are now") boolean mayBeDaily,
        @Schema(description = "What stands against it") List<Reason> lacking) {
    ScheduleView {
        lacking = List.copyOf(lacking);
    }

    static ScheduleView of(Eligibility.Standing standing) {
        List<Reason> lacking = standing.againstDaily();
        return new ScheduleView(
                TypeId.PROGRAM.format(standing.program().id()),
                standing.schedule().word(),
                standing.terms().dayOfMonth(),
                standing.program().timeZone(),
                standing.nextRun(),
                lacking.isEmpty(),
                lacking);
    }
}
