package dev.tributary.analytics.statement;

import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What moved in one currency, in times that follow each other, and what there is now: enough to tell what there was at any
 * of their ends. Times are counted from 1, in their order; the last goes on until now.
 */
record Movements(String currency, Holdings now, List<Sum> sums) {
    /** What entries of one kind changed in one of the times. */
    record Sum(int time, String kind, long entries, Holdings change) {}

    Movements {
        sums = List.copyOf(sums);
    }

    /** What there was when a time ended: what there is, less all that came since. */
    Holdings closing(int time) {
        Holdings closing = now;
        for (Sum sum : sums) if (sum.time > time) closing = closing.minus(sum.change);
        return closing;
    }

    Holdings opening(int time) {
        return closing(time - 1);
    }

    /** By kind, in the order in which money takes its way. */
    List<Sum> in(int time) {
        return sums.stream()
                .filter(sum -> sum.time == time)
                .sorted(Comparator.comparing(sum -> StatementEntry.ORDER.indexOf(sum.kind)))
                .toList();
    }

    long entries(int time) {
        return in(time).stream().mapToLong(Sum::entries).sum();
    }

    /** One for each currency, by their codes. Rows without a time are what there is now. */
    static List<Movements> read(Iterable<Row> rows) {
        Map<String, Holdings> now = new TreeMap<>();
        Map<String, List<Sum>> sums = new TreeMap<>();
        for (Row row : rows) {
            String currency = row.getString("currency");
            Integer time = row.getInteger("time");
            if (time == null) now.put(currency, Holdings.read(row));
            else
                sums.computeIfAbsent(currency, c -> new ArrayList<>())
                        .add(new Sum(time, row.getString("kind"), row.getLong("entries"), Holdings.read(row)));
        }
        return now.entrySet().stream()
                .map(each -> new Movements(each.getKey(), each.getValue(), sums.getOrDefault(each.getKey(), List.of())))
                .toList();
    }
}
