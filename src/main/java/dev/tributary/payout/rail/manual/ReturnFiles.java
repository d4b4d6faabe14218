package dev.tributary.payout.rail.manual;

import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.payout.rail.manual.FileEntryRepository.Back;
import dev.tributary.payout.rail.manual.ReturnReport.Unmatched;
import dev.tributary.payout.rail.manual.nacha.NachaReturn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes what a bank sent back. The same file again changes nothing. */
@ApplicationScoped
class ReturnFiles {
    private final FileEntryRepository entries;
    private final Telling telling;
    private final Changes changes;

    ReturnFiles(FileEntryRepository entries, Telling telling, Changes changes) {
        this.entries = entries;
        this.telling = telling;
        this.changes = changes;
    }

    Uni<ReturnReport> take(SqlConnection tx, List<NachaReturn> told, Instant now) {
        Returns back = part(told, NachaReturn::isMoneyBack);
        Returns corrections = part(told, each -> !each.isMoneyBack());
        return entries.comeBack(tx, back, now)
                .call(returned -> audit(tx, returned))
                .invoke(returned ->
                        telling.after(tx, returned.stream().map(Back::payoutId).toList()))
                .chain(returned -> entries.correct(tx, corrections)
                        .chain(corrected -> entries.backBefore(tx, back.traces())
                                .map(known -> report(back.all(), returned, corrected.size(), known))));
    }

    private static Returns part(List<NachaReturn> told, Predicate<NachaReturn> wanted) {
        return new Returns(told.stream().filter(wanted).toList());
    }

    private static ReturnReport report(
            List<NachaReturn> back, List<Back> returned, int corrected, Map<String, Boolean> known) {
        Set<String> now = returned.stream().map(Back::trace).collect(Collectors.toSet());
        List<Unmatched> unmatched = new ArrayList<>();
        int repeated = 0;
        for (NachaReturn each : back) {
            if (now.contains(each.trace())) continue;
            Boolean before = known.get(each.trace());
            if (Boolean.TRUE.equals(before)) repeated++;
            else
                unmatched.add(
                        new Unmatched(each.trace(), each.code(), before == null ? "unknown_trace" : "other_amount"));
        }
        return new ReturnReport(returned.size(), corrected, repeated, unmatched);
    }

    /** One entry for each file whose payouts came back. */
    private Uni<Void> audit(SqlConnection tx, List<Back> returned) {
        Map<UUID, Long> files =
                returned.stream().collect(Collectors.groupingBy(Back::fileId, TreeMap::new, Collectors.counting()));
        return Multi.createFrom()
                .iterable(files.entrySet())
                .onItem()
                .transformToUniAndConcatenate(file -> changes.record(
                        tx,
                        new Change(
                                "payout_file.returns",
                                TypeId.PAYOUT_FILE,
                                file.getKey(),
                                null,
                                Map.of("returned", file.getValue()))))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
