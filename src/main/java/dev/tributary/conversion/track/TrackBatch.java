package dev.tributary.conversion.track;

import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.track.TrackRow.Result;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a batch, row by row. */
@Schema(name = "TrackBatch")
public record TrackBatch(
        @Schema(examples = "1") int accepted,
        @Schema(examples = "0") int rejected,
        @Schema(examples = "0") int waiting,
        @Schema(examples = "0", description = "Refunds") int booked,
        @Schema(examples = "0", description = "Known before") int repeated,
        @Schema(examples = "0", description = "Not stored; mend and send these again") int refused,
        List<TrackRow> data) {
    /** Of events that all were read. */
    public static TrackBatch ofOutcomes(List<Outcome> outcomes) {
        List<TrackRow> rows = new ArrayList<>();
        outcomes.forEach(outcome -> rows.add(TrackRow.of(rows.size() + 1, outcome)));
        return of(rows);
    }

    public static TrackBatch of(List<TrackRow> rows) {
        return new TrackBatch(
                count(rows, Result.ACCEPTED),
                count(rows, Result.REJECTED),
                count(rows, Result.WAITING),
                count(rows, Result.BOOKED),
                count(rows, Result.REPEATED),
                count(rows, Result.REFUSED),
                rows);
    }

    private static int count(List<TrackRow> rows, Result result) {
        return (int) rows.stream().filter(row -> row.result() == result).count();
    }
}
