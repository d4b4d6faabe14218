package dev.tributary.commission;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The table {@code commission_counter}. */
@ApplicationScoped
class CounterRepository {
    private static final String OPEN =
            """
            INSERT INTO commission_counter (enrollment_id, rule_id, period)
            SELECT enrollment_id, rule_id, period FROM unnest($1::uuid[], $2::uuid[], $3::date[])
                AS k (enrollment_id, rule_id, period)
             ORDER BY enrollment_id, rule_id, period
            ON CONFLICT DO NOTHING
            """;
    private static final String READ =
            """
            SELECT c.enrollment_id, c.rule_id, c.period, c.paid_minor, c.revenue_minor, c.conversions
              FROM commission_counter c
              JOIN unnest($1::uuid[], $2::uuid[], $3::date[]) AS k (enrollment_id, rule_id, period)
                ON k.enrollment_id = c.enrollment_id AND k.rule_id = c.rule_id AND k.period = c.period
             ORDER BY c.enrollment_id, c.rule_id, c.period
            """;
    private static final String LOCK = READ + " FOR NO KEY UPDATE OF c";
    private static final String SAVE =
            """
            UPDATE commission_counter c
               SET paid_minor = n.paid_minor, revenue_minor = n.revenue_minor, conversions = n.conversions
              FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[])
                AS n (enrollment_id, rule_id, period, paid_minor, revenue_minor, conversions)
             WHERE c.enrollment_id = n.enrollment_id AND c.rule_id = n.rule_id AND c.period = n.period
            """;

    /** Locks these counters in their order and reads them, opening those that are new. */
    Uni<Counters> lock(SqlConnection tx, Collection<Counters.Key> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(new Counters());
        List<Counters.Key> sorted =
                keys.stream().distinct().sorted(Counters.Key.ORDER).toList();
        return tx.preparedQuery(OPEN)
                .execute(keys(sorted))
                .chain(() -> tx.preparedQuery(LOCK).execute(keys(sorted)))
                .map(CounterRepository::read);
    }

    /** As they are, without locks; those that are not there count from nothing. */
    Uni<Counters> peek(SqlConnection c, Collection<Counters.Key> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(new Counters());
        return c.preparedQuery(READ).execute(keys(List.copyOf(keys))).map(rows -> {
            Counters counters = read(rows);
            keys.stream().filter(key -> !counters.has(key)).forEach(key -> counters.put(key, Counters.Count.NONE));
            return counters;
        });
    }

    Uni<Void> save(SqlConnection tx, Counters counters) {
        List<Map.Entry<Counters.Key, Counters.Count>> all = List.copyOf(counters.all());
        if (all.isEmpty()) return Uni.createFrom().voidItem();
        Tuple rows = keys(all.stream().map(Map.Entry::getKey).toList())
                .addArrayOfLong(
                        all.stream().map(each -> each.getValue().paidMinor()).toArray(Long[]::new))
                .addArrayOfLong(
                        all.stream().map(each -> each.getValue().revenueMinor()).toArray(Long[]::new))
                .addArrayOfLong(
                        all.stream().map(each -> each.getValue().conversions()).toArray(Long[]::new));
        return tx.preparedQuery(SAVE).execute(rows).replaceWithVoid();
    }

    private static Tuple keys(List<Counters.Key> keys) {
        return Tuple.tuple()
                .addArrayOfUUID(column(keys, Counters.Key::enrollmentId, UUID[]::new))
                .addArrayOfUUID(column(keys, Counters.Key::ruleId, UUID[]::new))
                .addArrayOfLocalDate(column(keys, Counters.Key::from, LocalDate[]::new));
    }

    private static <T> T[] column(List<Counters.Key> keys, Function<Counters.Key, T> value, IntFunction<T[]> array) {
        return keys.stream().map(value).toArray(array);
    }

    private static Counters read(RowSet<Row> rows) {
        Counters counters = new Counters();
        for (Row row : rows)
            counters.put(
                    new Counters.Key(row.getUUID("enrollment_id"), row.getUUID("rule_id"), row.getLocalDate("period")),
                    new Counters.Count(
                            row.getLong("paid_minor"), row.getLong("revenue_minor"), row.getLong("conversions")));
        return counters;
    }
}
