package dev.tributary.promo;

import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.SqlCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of discount codes and their redemptions at any moment. */
final class RedemptionChecks {
    private RedemptionChecks() {}

    @Produces
    @Singleton
    static BookCheck counters() {
        return new SqlCheck(
                "redemptions-counted",
                "a discount code's counters are the number and the sum of its reserved and confirmed redemptions",
                """
                SELECT format('code %s counts %s uses and %s off, its redemptions are %s and %s', d.id, d.uses,
                              d.discount_minor, coalesce(r.uses, 0), coalesce(r.minor, 0))
                  FROM discount_code d
                  FULL JOIN (SELECT code_id, count(*) AS uses, sum(discount_minor) AS minor FROM redemption
                              WHERE state <> 'released' GROUP BY code_id) AS r ON r.code_id = d.id
                 WHERE d.uses IS DISTINCT FROM coalesce(r.uses, 0)
                    OR d.discount_minor IS DISTINCT FROM coalesce(r.minor, 0)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck limits() {
        return new SqlCheck(
                "redemptions-within-limits",
                "no discount code is used more often than it may be, in all and by one customer",
                """
                SELECT format('code %s is used %s times by %s, which may be %s and %s', d.id, r.uses,
                              coalesce(r.customer_external_id, 'all'), d.max_uses, d.max_uses_per_customer)
                  FROM (SELECT code_id, customer_external_id, count(*) AS uses FROM redemption WHERE state <> 'released'
                         GROUP BY GROUPING SETS ((code_id), (code_id, customer_external_id))) AS r
                  JOIN discount_code d ON d.id = r.code_id
                 WHERE r.customer_external_id IS NULL AND r.uses > d.max_uses
                    OR r.customer_external_id IS NOT NULL AND r.uses > d.max_uses_per_customer
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck discounts() {
        return new SqlCheck(
                "redemptions-within-orders",
                "the codes applied to one order take no more off than it is, and all are in one state",
                """
                SELECT format('redemption %s takes %s off %s in %s states', id, sum(discount_minor), min(amount_minor),
                              count(DISTINCT state))
                  FROM redemption GROUP BY id
                HAVING sum(discount_minor) > min(amount_minor) OR count(DISTINCT (state, amount_minor, currency)) > 1
                 LIMIT $1
                """);
    }
}
