package dev.tributary.conversion.imports;

import dev.tributary.conversion.track.TrackBatch;
import dev.tributary.conversion.track.TrackRow;
import java.util.List;

/** How many conversions and refunds of an import ended how; a row may stand for several. */
record ImportCounts(long accepted, long rejected, long waiting, long booked, long repeated, long refused) {
    static ImportCounts of(List<TrackRow> rows) {
        TrackBatch sums = TrackBatch.of(rows);
        return new ImportCounts(
                sums.accepted(), sums.rejected(), sums.waiting(), sums.booked(), sums.repeated(), sums.refused());
    }
}
