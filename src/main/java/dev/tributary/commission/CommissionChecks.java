package dev.tributary.commission;

import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.SqlCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of commissions beside the books at any moment. */
final class CommissionChecks {
    private CommissionChecks() {}

    @Produces
    @Singleton
    static BookCheck booked() {
        return new SqlCheck(
                "commissions-in-the-books",
                "what stands of a commission is what its entries gave less what they took, and lies where its status says",
                """
                SELECT format('commission %s stands at %s and released is %s, its entries say %s of which %s pending',
                              c.id, c.amount_minor, c.released, b.stands, b.pending)
                  FROM commission c
                 CROSS JOIN LATERAL (
                   SELECT coalesce(sum(CASE WHEN debit = 'expense' THEN amount_minor WHEN credit = 'expense' THEN -amount_minor
                                            ELSE 0 END), 0) AS stands,
                          coalesce(sum(CASE WHEN credit = 'pending' THEN amount_minor WHEN debit = 'pending' THEN -amount_minor
                                            ELSE 0 END), 0) AS pending
                     FROM ledger_entry e WHERE e.source_id = c.id AND e.source_kind = 'commission') b
                 WHERE (c.entries > 0 OR c.arithmetic IS NOT NULL)
                   AND (b.stands <> c.amount_minor OR b.pending <> CASE WHEN c.released THEN 0 ELSE c.amount_minor END)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck status() {
        return new SqlCheck(
                "commission-status-true",
                "approved and paid commissions are released, pending and held ones are not, nothing stands of others",
                """
                SELECT format('commission %s is %s, released is %s and %s stand', id, status, released, amount_minor)
                  FROM commission
                 WHERE (entries > 0 OR arithmetic IS NOT NULL)
                   AND (status IN ('approved', 'paid') AND NOT released OR status IN ('pending', 'held') AND released
                        OR status IN ('rejected', 'reversed') AND amount_minor <> 0)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck live() {
        return new SqlCheck(
                "one-live-commission",
                "of one source, affiliate and rule one commission stands at most, and none of an earlier decision",
                """
                SELECT format('%s commissions of %s %s by %s stand', count(*), source_kind, source_id, rule)
                  FROM commission WHERE amount_minor <> 0
                 GROUP BY source_kind, source_id, affiliate_id, rule HAVING count(*) > 1
                UNION ALL
                SELECT format('commission %s of decision %s stands, conversion %s is at %s', c.id, c.decision, v.id, v.decision)
                  FROM commission c JOIN conversion v ON v.id = c.conversion_id
                 WHERE c.amount_minor <> 0 AND c.decision < v.decision AND c.arithmetic IS NOT NULL
                   AND NOT EXISTS (SELECT FROM conversion_due d WHERE d.conversion_id = v.id)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck proportional() {
        return new SqlCheck(
                "refunds-in-proportion",
                "a commission stands in proportion to what is left of its sale, to half a minor unit",
                """
                SELECT format('commission %s stands at %s of %s, sale %s was %s and %s went back', c.id, c.amount_minor,
                              c.amount_minor + c.reversed_minor, v.id, v.amount_minor, v.refunded_minor)
                  FROM commission c JOIN conversion v ON v.id = c.conversion_id AND v.decision = c.decision
                 WHERE c.arithmetic IS NOT NULL AND v.amount_minor > 0 AND v.status IN ('accepted', 'refunded')
                   AND c.status <> 'rejected'
                   AND abs(c.amount_minor::numeric * v.amount_minor
                           - (c.amount_minor + c.reversed_minor)::numeric * (v.amount_minor - v.refunded_minor)) * 2
                       > v.amount_minor
                   AND NOT EXISTS (SELECT FROM conversion_due d WHERE d.conversion_id = v.id)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck explained() {
        return new SqlCheck(
                "arithmetic-agrees",
                "what a commission was computed as is what its arithmetic says",
                """
                SELECT format('commission %s was computed as %s, its arithmetic says %s', id, amount_minor + reversed_minor,
                              arithmetic ->> 'amount')
                  FROM commission
                 WHERE arithmetic IS NOT NULL AND (arithmetic ->> 'amount')::bigint IS DISTINCT FROM amount_minor + reversed_minor
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck others() {
        return new SqlCheck(
                "awards-and-adjustments-booked",
                "each milestone award and each approved adjustment has exactly one commission, of its amount",
                """
                SELECT format('milestone award %s has %s commissions', a.id, count(c.id))
                  FROM milestone_award a LEFT JOIN commission c ON c.source_kind = 'milestone' AND c.source_id = a.id
                       AND c.amount_minor + c.reversed_minor = a.bonus_minor
                 GROUP BY a.id HAVING count(c.id) <> 1
                UNION ALL
                SELECT format('adjustment %s has %s commissions', a.id, count(c.id))
                  FROM adjustment a LEFT JOIN commission c ON c.source_kind = 'adjustment' AND c.source_id = a.id
                       AND c.amount_minor = a.amount_minor
                 GROUP BY a.id, a.status HAVING count(c.id) <> CASE a.status WHEN 'approved' THEN 1 ELSE 0 END
                 LIMIT $1
                """);
    }
}
