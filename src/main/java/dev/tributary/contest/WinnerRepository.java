package dev.tributary.contest;

import static dev.tributary.contest.ContestRepository.at;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The table {@code contest_winner}, and the mark on a contest that it is decided. */
@ApplicationScoped
class WinnerRepository {
    private static final String INSERT =
            """
            INSERT INTO contest_winner (id, contest_id, enrollment_id, affiliate_id, rank, value, prize_minor, currency, prize,
                                        decided_at)
            SELECT id, $1, enrollment_id, affiliate_id, rank, value, prize_minor, $2, prize, $3
              FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::integer[], $8::bigint[], $9::bigint[], $10::text[])
                AS won (id, enrollment_id, affiliate_id, rank, value, prize_minor, prize)
            """;
    private static final String SETTLE =
            """
            UPDATE contest SET settled_at = $2, updated_at = $2
             WHERE id = $1 AND settled_at IS NULL AND canceled_at IS NULL RETURNING id
            """;
    private static final String COLUMNS =
            """
            SELECT w.id, w.contest_id, w.enrollment_id, w.affiliate_id, a.name, w.rank, w.value, w.prize_minor, w.currency,
                   w.prize, w.decided_at
              FROM contest_winner w JOIN affiliate a ON a.id = w.affiliate_id
            """;
    private static final String OF_CONTESTS =
            COLUMNS + " WHERE w.contest_id = ANY ($1::uuid[]) ORDER BY w.contest_id, w.rank, w.id LIMIT $2";
    /** What would change the standings, and is on its way: conversions of the contest's time that wait for their commissions. */
    private static final String PENDING =
            """
            SELECT EXISTS (
                SELECT FROM conversion_due d JOIN conversion v ON v.id = d.conversion_id
                 WHERE v.program_id = $1 AND v.occurred_at >= $2 AND v.occurred_at < $3)
            """;

    /** One winner as it is kept. */
    record Kept(
            UUID id,
            UUID contestId,
            UUID enrollmentId,
            UUID affiliateId,
            String name,
            int rank,
            long value,
            long prizeMinor,
            String currency,
            String prize,
            Instant decidedAt) {}

    /** Whether something is on its way that counts. */
    Uni<Boolean> pending(SqlConnection c, Contest contest) {
        return c.preparedQuery(PENDING)
                .execute(Tuple.of(contest.programId(), at(contest.startsAt()), at(contest.endsAt())))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** @param ids of the new rows, in the order of the winners */
    Uni<Void> insert(SqlConnection tx, Contest contest, List<UUID> ids, List<Winners.Won> won, Instant now) {
        if (won.isEmpty()) return Uni.createFrom().voidItem();
        Tuple rows = Tuple.of(contest.id(), contest.currency(), at(now))
                .addArrayOfUUID(ids.toArray(UUID[]::new))
                .addArrayOfUUID(column(won, each -> each.score().enrollmentId()).toArray(UUID[]::new))
                .addArrayOfUUID(column(won, each -> each.score().affiliateId()).toArray(UUID[]::new))
                .addArrayOfInteger(column(won, Winners.Won::rank).toArray(Integer[]::new))
                .addArrayOfLong(column(won, each -> each.score().value()).toArray(Long[]::new))
                .addArrayOfLong(column(won, Winners.Won::prizeMinor).toArray(Long[]::new))
                .addArrayOfString(column(won, Winners.Won::prize).toArray(String[]::new));
        return tx.preparedQuery(INSERT).execute(rows).replaceWithVoid();
    }

    private static <T> List<T> column(List<Winners.Won> won, Function<Winners.Won, T> value) {
        return won.stream().map(value).toList();
    }

    /** Marks it decided; false where it was already, or is canceled. */
    Uni<Boolean> settle(SqlConnection tx, UUID contestId, Instant now) {
        return tx.preparedQuery(SETTLE).execute(Tuple.of(contestId, at(now))).map(rows -> rows.rowCount() == 1);
    }

    /** Of several contests, each from the first rank down; at most so many in all. */
    Uni<List<Kept>> of(SqlConnection c, List<UUID> contests, int limit) {
        return c.preparedQuery(OF_CONTESTS)
                .execute(Tuple.of(contests.toArray(UUID[]::new), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(WinnerRepository::read)
                        .toList());
    }

    private static Kept read(Row row) {
        return new Kept(
                row.getUUID("id"),
                row.getUUID("contest_id"),
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getString("name"),
                row.getInteger("rank"),
                row.getLong("value"),
                row.getLong("prize_minor"),
                row.getString("currency"),
                row.getString("prize"),
                row.getOffsetDateTime("decided_at").toInstant());
    }
}
