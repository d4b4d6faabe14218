package dev.tributary.ledger;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of balances, and of what one source moved in the end. */
final class BalanceChecks {
    private BalanceChecks() {}

    @Produces
    @Singleton
    static BookCheck recomputed() {
        return new SqlCheck(
                "balances-recomputed",
                "every balance that is kept equals the sum of its entries",
                """
                SELECT format('enrollment %s keeps %s %s %s, its entries say %s %s %s, in %s', enrollment_id,
                              coalesce(b.pending, 0), coalesce(b.available, 0), coalesce(b.in_transit, 0),
                              coalesce(s.pending, 0), coalesce(s.available, 0), coalesce(s.in_transit, 0), currency)
                  FROM ledger_balance b
                  FULL JOIN (
                    SELECT enrollment_id, currency,
                           sum(CASE 'pending' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)
                               AS pending,
                           sum(CASE 'available' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)
                               AS available,
                           sum(CASE 'in_transit' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)
                               AS in_transit
                      FROM ledger_entry WHERE enrollment_id IS NOT NULL GROUP BY enrollment_id, currency) AS s
                 USING (enrollment_id, currency)
                 WHERE (coalesce(b.pending, 0), coalesce(b.available, 0), coalesce(b.in_transit, 0))
                       <> (coalesce(s.pending, 0), coalesce(s.available, 0), coalesce(s.in_transit, 0))
                 LIMIT $1
                """);
    }

    /** Of every close there was: an entry that came below one afterwards shows here. */
    @Produces
    @Singleton
    static BookCheck closed() {
        return new SqlCheck(
                "closed-books-stay",
                "what programs and rails held when the books were closed is the sum of the entries before",
                """
                WITH closes AS (SELECT array_agg(until ORDER BY until) AS bounds FROM ledger_close),
                moved AS (
                  SELECT owner_id, account, currency, width_bucket(entry_id, bounds) AS close,
                         sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END) AS change
                    FROM ledger_posting, closes
                   WHERE account IN ('expense', 'fees', 'withheld', 'clearing')
                     AND entry_id < bounds[cardinality(bounds)]
                   GROUP BY owner_id, account, currency, close),
                held AS (
                  SELECT owner_id, account, currency, bounds[close + 1] AS until,
                         sum(change) OVER (PARTITION BY owner_id, account, currency ORDER BY close) AS balance
                    FROM moved, closes)
                SELECT format('%s %s of %s held %s at the close %s, its entries say %s', account, currency, owner_id,
                              s.balance_minor, until, h.balance)
                  FROM held h FULL JOIN ledger_snapshot s USING (owner_id, account, currency, until)
                 WHERE h.balance IS DISTINCT FROM s.balance_minor
                 LIMIT $1
                """);
    }

    /**
     * At the last reservation nothing was below 0; since then only what takes back has lowered it, so a debt is never more
     * than all that was taken back.
     */
    @Produces
    @Singleton
    static BookCheck overdrafts() {
        return new SqlCheck(
                "debts-are-clawbacks",
                "nothing pending or in transit is below 0, and what is available is so only by what was taken back",
                """
                SELECT format('enrollment %s: pending %s, available %s, in transit %s %s, taken back %s', enrollment_id,
                              pending, available, in_transit, currency, taken)
                  FROM (SELECT enrollment_id, currency,
                               sum(CASE 'pending' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)
                                   AS pending,
                               sum(CASE 'available' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor
                                        ELSE 0 END) AS available,
                               sum(CASE 'in_transit' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor
                                        ELSE 0 END) AS in_transit,
                               sum(CASE WHEN kind IN ('reverse', 'adjust') AND debit = 'available' THEN amount_minor
                                        ELSE 0 END) AS taken
                          FROM ledger_entry WHERE enrollment_id IS NOT NULL GROUP BY enrollment_id, currency) AS b
                 WHERE pending < 0 OR in_transit < 0 OR available < -taken
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck takenBack() {
        return new SqlCheck(
                "taken-back-within-earned",
                "nothing is taken back or released beyond what its source earned",
                """
                SELECT format('%s %s: earned %s, released %s, taken back %s, of it pending %s', source_kind, source_id,
                              earned, released, reversed, pending_reversed)
                  FROM (SELECT source_kind, source_id, enrollment_id, currency,
                               coalesce(sum(amount_minor) FILTER (WHERE kind = 'earn'), 0) AS earned,
                               coalesce(sum(amount_minor) FILTER (WHERE kind = 'release'), 0) AS released,
                               coalesce(sum(amount_minor) FILTER (WHERE kind = 'reverse'), 0) AS reversed,
                               coalesce(sum(amount_minor) FILTER (WHERE kind = 'reverse' AND debit = 'pending'), 0)
                                   AS pending_reversed
                          FROM ledger_entry WHERE kind IN ('earn', 'release', 'reverse')
                         GROUP BY source_kind, source_id, enrollment_id, currency) AS s
                 WHERE reversed > earned OR released + pending_reversed > earned
                 LIMIT $1
                """);
    }

    /** Of each number: what leaves beyond a payout that failed is reserved and paid under a number of its own. */
    @Produces
    @Singleton
    static BookCheck reservations() {
        return new SqlCheck(
                "reservations-end-once",
                "what a payout reserved is paid or released again, not both and no more of it; what came back was paid",
                """
                SELECT format('%s %s: reserved %s, paid %s, failed %s, returned %s', source_kind, source_id, reserved, paid,
                              failed, returned)
                  FROM (SELECT source_kind, source_id, sum(reserved) AS reserved, sum(paid) AS paid, sum(failed) AS failed,
                               sum(returned) AS returned,
                               bool_or(paid + failed > reserved OR paid > 0 AND failed > 0) AS wrong
                          FROM (SELECT source_kind, source_id, enrollment_id, currency, number,
                                       coalesce(sum(amount_minor) FILTER (WHERE kind = 'reserve'), 0) AS reserved,
                                       coalesce(sum(amount_minor) FILTER (WHERE kind = 'paid' AND debit = 'in_transit'), 0)
                                         AS paid,
                                       coalesce(sum(amount_minor) FILTER (WHERE kind = 'failed'), 0) AS failed,
                                       coalesce(sum(amount_minor) FILTER (WHERE kind = 'returned'), 0) AS returned
                                  FROM ledger_entry WHERE kind IN ('reserve', 'paid', 'failed', 'returned')
                                 GROUP BY source_kind, source_id, enrollment_id, currency, number) AS n
                         GROUP BY source_kind, source_id, enrollment_id, currency) AS s
                 WHERE wrong OR returned > paid
                 LIMIT $1
                """);
    }
}
