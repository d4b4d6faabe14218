package dev.tributary.conversion.own;

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

/** What affiliates read of the customers who are bound to them, and of those whom they recruited. */
@ApplicationScoped
class ReferralQueries {
    /** Whose: 'own', those of recruits ('sub'), or both ('all'). */
    private static final String REFERRALS = Referral.COLUMNS
            + """
             WHERE r.id < $1 AND r.affiliate_id IN (
                   SELECT $3::uuid WHERE $4 <> 'sub'
                   UNION ALL SELECT a.id FROM affiliate a WHERE a.recruiter_id = $3 AND $4 <> 'own')
               AND ($5::uuid IS NULL OR r.program_id = $5) AND ($6::text IS NULL OR r.status = $6)
               AND ($7::text IS NULL OR r.src = $7)
             ORDER BY r.id DESC LIMIT $2
            """;

    private static final String RECRUITS =
            """
            SELECT a.id, a.status, a.created_at,
                   (SELECT count(*) FROM referral r WHERE r.affiliate_id = a.id) AS referrals,
                   (SELECT count(*) FROM referral r WHERE r.affiliate_id = a.id AND r.converted_at IS NOT NULL) AS converted
              FROM affiliate a
             WHERE a.recruiter_id = $3 AND a.id < $1
             ORDER BY a.id DESC LIMIT $2
            """;

    private final Transactions transactions;

    ReferralQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What the list is narrowed to; null = not. */
    record Filter(
            UUID affiliateId, String whose, @Nullable UUID programId, @Nullable String status, @Nullable String src) {}

    Uni<List<OwnReferralView.Entry>> referrals(UUID before, int limit, Filter filter) {
        Tuple asked = Tuple.of(before, limit, filter.affiliateId, filter.whose, filter.programId, filter.status)
                .addString(filter.src);
        return list(REFERRALS, asked, row -> OwnReferralView.of(Referral.read(row), filter.affiliateId));
    }

    Uni<List<SubAffiliateView.Entry>> recruits(UUID before, int limit, UUID affiliate) {
        return list(RECRUITS, Tuple.of(before, limit, affiliate), SubAffiliateView::read);
    }

    private <T> Uni<List<T>> list(String sql, Tuple asked, Function<Row, T> read) {
        return transactions.read(c -> c.preparedQuery(sql).execute(asked)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(read)
                .toList());
    }
}
