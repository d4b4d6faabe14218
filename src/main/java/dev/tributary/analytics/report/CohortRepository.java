package dev.tributary.analytics.report;

import static java.util.Objects.requireNonNullElse;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Cohorts: computed from referrals and sales, and kept for those who are large. */
@ApplicationScoped
class CohortRepository {
    /** In place of an affiliate's id: the whole program. */
    private static final UUID ALL = new UUID(0, 0);

    /**
     * $1 program, $2 affiliate or the zero id, $3 unit, $4 time zone, $5 first day and $6 end of the sign-ups, $7 currency.
     * A customer's sales are those credited to the affiliate who brought it, so that nobody reads of another's.
     */
    private static final String COMPUTE =
            """
            WITH customer AS MATERIALIZED (
                SELECT r.affiliate_id, r.customer_external_id AS name,
                       date_trunc($3::text, r.signed_up_at AT TIME ZONE $4::text)::date AS cohort,
                       (r.converted_at AT TIME ZONE $4::text)::date AS converted,
                       (r.churned_at AT TIME ZONE $4::text)::date AS churned
                  FROM referral r
                 WHERE r.program_id = $1 AND r.signed_up_at >= $5::date::timestamp AT TIME ZONE $4::text
                   AND r.signed_up_at < $6::date::timestamp AT TIME ZONE $4::text AND %1$s),
            sale AS (
                SELECT c.cohort, c.name, (v.occurred_at AT TIME ZONE $4::text)::date AS day,
                       CASE WHEN v.currency = $7 THEN v.amount_minor - v.refunded_minor ELSE 0 END AS net
                  FROM customer c
                  JOIN conversion v ON v.program_id = $1 AND v.customer_external_id = c.name AND v.kind = 'sale'
                       AND v.affiliate_id = c.affiliate_id AND v.status IN ('accepted', 'refunded')),
            fact AS (
                SELECT cohort, 0 AS age, count(*) AS referrals, 0::bigint AS converted, 0::bigint AS churned,
                       0::bigint AS buyers, 0::bigint AS sales, 0::numeric AS revenue
                  FROM customer GROUP BY 1
                UNION ALL
                SELECT cohort, %2$s, 0, count(*), 0, 0, 0, 0 FROM customer WHERE converted IS NOT NULL GROUP BY 1, 2
                UNION ALL
                SELECT cohort, %3$s, 0, 0, count(*), 0, 0, 0
                  FROM customer WHERE converted IS NOT NULL AND churned IS NOT NULL GROUP BY 1, 2
                UNION ALL
                SELECT cohort, %4$s, 0, 0, 0, count(DISTINCT name), count(*), sum(net) FROM sale GROUP BY 1, 2)
            SELECT cohort, age, sum(referrals)::bigint AS referrals, sum(converted)::bigint AS converted,
                   sum(churned)::bigint AS churned, sum(buyers)::bigint AS buyers, sum(sales)::bigint AS sales,
                   sum(revenue)::bigint AS revenue_minor
              FROM fact GROUP BY 1, 2 ORDER BY 1, 2
            """;

    private static final String KEPT =
            """
            SELECT k.computed_at, c.cohort, c.age, c.referrals, c.converted, c.churned, c.buyers, c.sales, c.revenue_minor
              FROM report_cohorts k
              LEFT JOIN report_cohort c ON c.program_id = k.program_id AND c.affiliate_id = k.affiliate_id
                    AND c.unit = k.unit AND c.cohort >= $4
             WHERE k.program_id = $1 AND k.affiliate_id = $2 AND k.unit = $3 AND k.computed_at > $5
             ORDER BY c.cohort, c.age
            """;

    /** Who has more customers than are computed while somebody waits. */
    private static final String LARGE =
            """
            SELECT r.program_id, coalesce(r.affiliate_id, '00000000-0000-0000-0000-000000000000') AS affiliate_id,
                   p.time_zone, p.currency
              FROM (SELECT program_id, affiliate_id FROM referral
                     WHERE signed_up_at >= $1 AND ($3::uuid IS NULL OR program_id = $3)
                     GROUP BY GROUPING SETS ((program_id), (program_id, affiliate_id)) HAVING count(*) > $2) r
              JOIN program p ON p.id = r.program_id
             ORDER BY 1, 2
            """;

    private static final String BEGIN =
            """
            INSERT INTO report_cohorts (program_id, affiliate_id, unit, computed_at)
            VALUES ($1, $2, $3, '-infinity') ON CONFLICT DO NOTHING
            """;

    private static final String END =
            "UPDATE report_cohorts SET computed_at = $4 WHERE program_id = $1 AND affiliate_id = $2 AND unit = $3";

    private static final String CLEAR =
            """
            DELETE FROM report_cohort
             WHERE program_id = $1 AND affiliate_id = $2 AND unit = $3 AND cohort >= $4 AND cohort < $5
            """;

    private static final String WRITE =
            """
            INSERT INTO report_cohort (program_id, affiliate_id, unit, cohort, age, referrals, converted, churned, buyers,
                                       sales, revenue_minor)
            SELECT $1::uuid, $2::uuid, $3::text, * FROM (%s) AS computed
            """;

    private static final String OLD = "DELETE FROM report_cohorts WHERE computed_at <= $1";

    /** Cohorts as they were at some time. */
    record Kept(Instant at, List<CohortCell> cells) {}

    /** Those of sign-ups in [from, to). */
    Uni<List<CohortCell>> compute(SqlConnection c, Ground ground, CohortUnit unit, LocalDate from, LocalDate to) {
        return c.preparedQuery(compute(ground, unit))
                .execute(asked(ground, unit, from, to))
                .map(CohortRepository::cells);
    }

    private static String compute(Ground ground, CohortUnit unit) {
        // The zero id is an argument all the same, so that both texts take the same ones.
        String whose = ground.affiliateId() == null ? "$2::uuid IS NOT NULL" : "r.affiliate_id = $2::uuid";
        return COMPUTE.formatted(whose, unit.ageSql("converted"), unit.ageSql("churned"), unit.ageSql("day"));
    }

    private static Tuple whose(Ground ground, CohortUnit unit) {
        return Tuple.of(ground.programId(), requireNonNullElse(ground.affiliateId(), ALL), unit.word());
    }

    private static Tuple asked(Ground ground, CohortUnit unit, LocalDate from, LocalDate to) {
        return whose(ground, unit)
                .addString(ground.zone().getId())
                .addLocalDate(from)
                .addLocalDate(to)
                .addString(ground.currency());
    }

    /** Those kept since, from a cohort on; empty where they are not kept, or older. */
    Uni<Optional<Kept>> kept(SqlConnection c, Ground ground, CohortUnit unit, LocalDate from, Instant since) {
        Tuple asked = whose(ground, unit).addLocalDate(from).addOffsetDateTime(since.atOffset(ZoneOffset.UTC));
        return c.preparedQuery(KEPT)
                .execute(asked)
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(kept(rows)));
    }

    private static Kept kept(RowSet<Row> rows) {
        Instant at = rows.iterator().next().getOffsetDateTime("computed_at").toInstant();
        return new Kept(at, cells(rows));
    }

    private static List<CohortCell> cells(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getLocalDate("cohort") != null)
                .map(CohortCell::read)
                .toList();
    }

    /** Those with more than so many sign-ups since, of one program or of all. */
    Uni<List<Ground>> large(SqlConnection c, Instant since, long customers, @Nullable UUID program) {
        return c.preparedQuery(LARGE)
                .execute(Tuple.of(since.atOffset(ZoneOffset.UTC), customers, program))
                .map(CohortRepository::grounds);
    }

    private static List<Ground> grounds(RowSet<Row> rows) {
        List<Ground> grounds = new ArrayList<>();
        for (Row row : rows) {
            UUID affiliate = row.getUUID("affiliate_id");
            grounds.add(new Ground(
                    row.getUUID("program_id"),
                    affiliate.equals(ALL) ? null : affiliate,
                    ZoneId.of(row.getString("time_zone")),
                    row.getString("currency")));
        }
        return grounds;
    }

    /** Computes the cohorts in [from, to) anew; answers how many rows they have. */
    Uni<Integer> keep(SqlConnection tx, Ground ground, CohortUnit unit, LocalDate from, LocalDate to) {
        return tx.preparedQuery(BEGIN)
                .execute(whose(ground, unit))
                .chain(() -> tx.preparedQuery(CLEAR)
                        .execute(whose(ground, unit).addLocalDate(from).addLocalDate(to)))
                .chain(() ->
                        tx.preparedQuery(WRITE.formatted(compute(ground, unit))).execute(asked(ground, unit, from, to)))
                .map(RowSet::rowCount);
    }

    /** From now on they are told as of this moment; cohorts before the first are forgotten. */
    Uni<Void> done(SqlConnection tx, Ground ground, CohortUnit unit, LocalDate first, Instant at) {
        return tx.preparedQuery(CLEAR)
                .execute(whose(ground, unit).addLocalDate(LocalDate.EPOCH).addLocalDate(first))
                .chain(() -> tx.preparedQuery(END)
                        .execute(whose(ground, unit).addOffsetDateTime(at.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    /** Forgets those of owners who have not been computed since. */
    Uni<Integer> forget(SqlConnection tx, Instant since) {
        return tx.preparedQuery(OLD)
                .execute(Tuple.of(since.atOffset(ZoneOffset.UTC)))
                .map(RowSet::rowCount);
    }
}
