package dev.tributary.contest;

import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.SqlCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of prizes beside the books at any moment. */
final class ContestChecks {
    private ContestChecks() {}

    @Produces
    @Singleton
    static BookCheck booked() {
        return new SqlCheck(
                "contest-prizes-booked",
                "each prize that is money has exactly one commission, of its amount, and no other contest commission is there",
                """
                SELECT format('prize %s of %s has %s commissions', w.id, w.prize_minor, count(c.id))
                  FROM contest_winner w LEFT JOIN commission c ON c.source_kind = 'contest' AND c.source_id = w.id
                       AND c.affiliate_id = w.affiliate_id AND c.amount_minor + c.reversed_minor = w.prize_minor
                 GROUP BY w.id HAVING count(c.id) <> CASE WHEN w.prize_minor > 0 THEN 1 ELSE 0 END
                UNION ALL
                SELECT format('commission %s is of a prize that nobody won', c.id) FROM commission c
                 WHERE c.source_kind = 'contest' AND NOT EXISTS (
                       SELECT FROM contest_winner w WHERE w.id = c.source_id AND w.affiliate_id = c.affiliate_id)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck decided() {
        return new SqlCheck(
                "contest-prizes-within-promise",
                "only decided contests have winners, and these get no more money than was promised",
                """
                SELECT format('contest %s gave %s of %s', k.id, sum(w.prize_minor),
                              (SELECT sum((p ->> 'amount')::bigint) FROM jsonb_array_elements(k.prizes) p))
                  FROM contest k JOIN contest_winner w ON w.contest_id = k.id
                 GROUP BY k.id
                HAVING k.settled_at IS NULL
                    OR sum(w.prize_minor) > (SELECT sum((p ->> 'amount')::bigint) FROM jsonb_array_elements(k.prizes) p)
                 LIMIT $1
                """);
    }
}
