package dev.tributary.analytics.live;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may look at live earnings, and at which program's. */
@ApplicationScoped
class HolderQueries {
    private static final String PROGRAM =
            """
            SELECT e.program_id, count(*) OVER () AS programs
              FROM enrollment e
             WHERE e.affiliate_id = $1 AND ($2::uuid IS NULL OR e.program_id = $2)
             ORDER BY e.id LIMIT 1
            """;
    /** Those whose affiliate is stopped or whose key opens nothing any more. */
    private static final String STOPPED =
            """
            SELECT w.place
              FROM unnest($1::integer[], $2::uuid[], $3::uuid[]) AS w (place, affiliate_id, key_id)
              LEFT JOIN affiliate a ON a.id = w.affiliate_id
              LEFT JOIN api_key k ON k.id = w.key_id
             WHERE a.id IS NULL OR a.status IN ('suspended', 'banned', 'closed')
                OR w.key_id IS NOT NULL
                   AND (k.id IS NULL OR k.revoked_at IS NOT NULL OR k.disabled_at IS NOT NULL OR k.expires_at <= $4)
            """;

    private final Transactions transactions;
    private final Clock clock;

    HolderQueries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The program that is asked for, or the only one: 400 where there are several, 404 where the affiliate is in none. */
    Uni<UUID> program(UUID affiliate, @Nullable UUID asked) {
        return transactions
                .read(Transactions.DEADLINE, c -> c.preparedQuery(PROGRAM).execute(Tuple.of(affiliate, asked)))
                .map(HolderQueries::one);
    }

    private static UUID one(RowSet<Row> rows) {
        if (rows.size() == 0) throw Problem.notFound("Enrollment");
        Row row = rows.iterator().next();
        if (row.getLong("programs") > 1)
            throw Problem.field("programId", "required", "programId is needed by those who are in several programs");
        return row.getUUID("program_id");
    }

    /** Fails with 403 where this holder may open nothing any more. */
    Uni<Void> check(Holder holder) {
        return stopped(List.of(holder))
                .invoke(stopped -> {
                    if (!stopped.isEmpty()) throw new Problem(ProblemKind.FORBIDDEN, "This account or key is stopped");
                })
                .replaceWithVoid();
    }

    /** Those of them who may look no longer. */
    Uni<Set<Holder>> stopped(List<Holder> holders) {
        Integer[] places = new Integer[holders.size()];
        for (int i = 0; i < places.length; i++) places[i] = i;
        Tuple asked = Tuple.of(
                places,
                holders.stream().map(Holder::affiliateId).toArray(UUID[]::new),
                holders.stream().map(Holder::keyId).toArray(UUID[]::new),
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        return transactions
                .read(Transactions.DEADLINE, c -> c.preparedQuery(STOPPED).execute(asked))
                .map(rows -> {
                    Set<Holder> stopped = new HashSet<>();
                    rows.forEach(row -> stopped.add(holders.get(row.getInteger("place"))));
                    return stopped;
                });
    }
}
