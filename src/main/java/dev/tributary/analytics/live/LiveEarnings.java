package dev.tributary.analytics.live;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an affiliate earned in one program since the day, week or month began, by the state commissions are in now. */
@Schema(name = "LiveEarnings")
record LiveEarnings(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "today", description = "today, week or month") String period,
        @Schema(examples = "2026-11-21T05:00:00Z") Instant from,
        @Schema(examples = "2026-11-22T05:00:00Z", description = "When the next day, week or month begins") Instant to,
        @Schema(examples = "America/New_York", description = "Where days, weeks and months begin and end")
                String timeZone,
        @Schema(description = "One for each currency; the program's own is always there, and first") List<Sum> earned,
        @Schema(examples = "2026-11-21T17:30:00Z") Instant asOf,
        @Schema(
                        examples = "81042:81042:",
                        description =
                                "How far this goes: a stream that is opened with it as lastEventId goes on from there")
                String id) {
    LiveEarnings {
        earned = List.copyOf(earned);
    }

    /** The same figures, read no earlier than at this position. */
    LiveEarnings at(Position position) {
        return new LiveEarnings(programId, period, from, to, timeZone, earned, asOf, position.id());
    }

    boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    /** Of one currency, in minor units. */
    @Schema(name = "LiveEarningsSum")
    record Sum(
            @Schema(examples = "USD", description = "ISO 4217") String currency,
            @Schema(examples = "4", description = "Commissions of which something stands") long commissions,
            @Schema(examples = "1250", description = "Pending, approved, paid and held") long earned,
            @Schema(examples = "1000", description = "Not payable yet") long pending,
            @Schema(examples = "250", description = "Payable") long approved,
            @Schema(examples = "0") long paid,
            @Schema(examples = "0", description = "Held back for a check") long held) {}
}
