package dev.tributary.analytics;

import dev.tributary.conversion.Referral;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An affiliate's referrals and commissions one by one, of all its programs; days are those of each one's program. */
@ApplicationScoped
class HistoryQueries {
    private static final String REFERRALS = Referral.COLUMNS
            + """
              JOIN program p ON p.id = r.program_id
             WHERE r.id < $1 AND r.affiliate_id = $3 AND ($4::uuid IS NULL OR r.program_id = $4)
               AND ($5::text IS NULL OR r.status = $5) AND ($6::text IS NULL OR r.src = $6)
            """
            + within("r.signed_up_at")
            + " ORDER BY r.id DESC LIMIT $2";
    private static final String COMMISSIONS =
            """
            SELECT m.id, m.program_id, m.status, m.amount_minor, m.currency, m.source_kind, m.rule, m.conversion_id, v.link_id,
                   coalesce(v.src, '') AS src, m.earned_at
              FROM commission m JOIN program p ON p.id = m.program_id
              LEFT JOIN conversion v ON v.id = m.conversion_id
             WHERE m.id < $1 AND m.affiliate_id = $3 AND ($4::uuid IS NULL OR m.program_id = $4)
               AND ($5::text IS NULL OR m.status = $5) AND ($6::text IS NULL OR v.src = $6)
            """
                    + within("m.earned_at")
                    + " ORDER BY m.id DESC LIMIT $2";

    private final Transactions transactions;

    HistoryQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list is narrowed to; null = not. */
    record Filter(
            UUID affiliateId, @Nullable UUID programId, @Nullable String status, @Nullable String src, Period period) {}

    /** Each end as {@link Period#addTo} gives it, from $7 on. */
    private static String within(String moment) {
        return """
               AND ($7::timestamptz IS NULL OR %1$s >= $7)
               AND ($8::date IS NULL OR %1$s >= $8::timestamp AT TIME ZONE p.time_zone)
               AND ($9::timestamptz IS NULL OR %1$s < $9)
               AND ($10::date IS NULL OR %1$s < $10::timestamp AT TIME ZONE p.time_zone)
            """
                .formatted(moment);
    }

    Uni<List<ReferralView.Entry>> referrals(UUID before, int limit, Filter filter) {
        return list(REFERRALS, before, limit, filter, row -> ReferralView.of(Referral.read(row)));
    }

    Uni<List<CommissionView.Entry>> commissions(UUID before, int limit, Filter filter) {
        return list(COMMISSIONS, before, limit, filter, CommissionView::read);
    }

    private <T> Uni<List<T>> list(String sql, UUID before, int limit, Filter filter, Function<Row, T> read) {
        Tuple asked = filter.period.addTo(
                Tuple.of(before, limit, filter.affiliateId, filter.programId, filter.status, filter.src));
        return transactions.read(c -> c.preparedQuery(sql).execute(asked)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(read)
                .toList());
    }
}
