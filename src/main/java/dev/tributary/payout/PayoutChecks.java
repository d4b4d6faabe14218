package dev.tributary.payout;

import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.SqlCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of payouts beside the books at any moment. */
final class PayoutChecks {
    private PayoutChecks() {}

    @Produces
    @Singleton
    static BookCheck guards() {
        return new SqlCheck(
                "payout-guards-in-force",
                "the constraints and triggers that keep payouts single and frozen are there and enabled",
                """
                SELECT 'missing or disabled: ' || g.name
                  FROM unnest(ARRAY['payout_guard', 'payout_kept', 'payout_transfer_kept', 'payout_history_append_only',
                                    'payout_live', 'payout_commission_live', 'payout_transfer_pkey', 'payout_notice_pkey',
                                    'payout_run_program_id_kind_period_key', 'payout_run_id_enrollment_id_key']) AS g (name)
                 WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgname = g.name AND t.tgenabled IN ('O', 'A'))
                   AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE c.relname = g.name AND i.indisunique AND i.indisvalid)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck reserved() {
        return new SqlCheck(
                "payouts-reserved-once",
                "each payout has one reservation of its amount, which is posted, void or open as its state says",
                """
                SELECT format('payout %s is %s: of %s are %s reserved, %s posted, %s void', p.id, p.state, p.gross_minor,
                              b.reserved, b.posted, b.void)
                  FROM payout p
                 CROSS JOIN LATERAL (
                   SELECT coalesce(sum(amount_minor) FILTER (WHERE kind = 'reserve'), 0) AS reserved,
                          coalesce(sum(amount_minor) FILTER (WHERE kind = 'paid'), 0) AS posted,
                          coalesce(sum(amount_minor) FILTER (WHERE kind = 'failed'), 0) AS void
                     FROM ledger_entry e
                    WHERE e.source_id = p.id AND e.source_kind = 'payout' AND e.number = 0
                      AND e.kind IN ('reserve', 'paid', 'failed')) b
                 WHERE (b.reserved, b.posted, b.void) IS DISTINCT FROM
                       (p.gross_minor,
                        CASE WHEN p.state IN ('paid', 'returned') THEN p.gross_minor ELSE 0 END,
                        CASE WHEN p.state IN ('failed', 'canceled') THEN p.gross_minor ELSE 0 END)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck transferred() {
        return new SqlCheck(
                "payouts-as-transferred",
                "what the books say has left for a payout and not come back is what its provider says",
                """
                SELECT format('payout %s is %s: %s booked as out, entries say %s, its rail says %s', p.id, p.state,
                              p.settled_minor - p.returned_minor + p.overpaid_minor, b.out, t.out)
                  FROM payout p
                 CROSS JOIN LATERAL (
                   SELECT coalesce(sum(CASE 'clearing' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor END), 0) AS out
                     FROM ledger_entry e
                    WHERE e.source_id = p.id AND e.source_kind = 'payout' AND 'clearing' IN (e.debit, e.credit)) b
                 CROSS JOIN LATERAL (
                   SELECT coalesce(sum(moved_minor - reversed_minor), 0) AS out
                     FROM payout_transfer t WHERE t.payout_id = p.id AND t.status = 'done') t
                 WHERE b.out <> p.settled_minor - p.returned_minor + p.overpaid_minor
                    OR p.state IN ('paid', 'failed', 'returned', 'submitted', 'unknown') AND b.out <> t.out
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck single() {
        return new SqlCheck(
                "one-transfer-a-payout",
                "no payout left twice, unless it is booked as an overpayment, and no two have one key",
                """
                SELECT format('payout %s has %s transfers that stand', t.payout_id, count(*))
                  FROM payout_transfer t JOIN payout p ON p.id = t.payout_id
                 WHERE t.status <> 'failed' AND p.overpaid_minor = 0
                 GROUP BY t.payout_id HAVING count(*) > 1
                UNION ALL
                SELECT format('%s payouts on %s have one key', count(*), rail)
                  FROM payout WHERE key IS NOT NULL GROUP BY rail, key HAVING count(*) > 1
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck commissions() {
        return new SqlCheck(
                "commissions-in-one-payout",
                "a commission is in one payout at most that stands, none that is pending, and is paid where that is paid",
                """
                SELECT format('payout %s is %s, its commission %s is %s', p.id, p.state, c.id, c.status)
                  FROM payout_commission x
                  JOIN payout p ON p.id = x.payout_id
                  LEFT JOIN commission c ON c.id = x.commission_id
                 WHERE x.live AND (c.id IS NULL OR c.status = 'pending' OR p.state IN ('failed', 'canceled', 'returned')
                                   OR p.state = 'paid' AND c.status NOT IN ('paid', 'reversed'))
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck history() {
        return new SqlCheck(
                "payouts-end-once",
                "nothing leaves paid but returned, nothing leaves failed, canceled or returned, and the last line is the state",
                """
                SELECT format('payout %s went from %s to %s', payout_id, from_state, to_state)
                  FROM payout_history
                 WHERE from_state <> to_state
                   AND (from_state IN ('failed', 'canceled', 'returned') OR from_state = 'paid' AND to_state <> 'returned')
                UNION ALL
                SELECT format('payout %s is %s, its history ends with %s', p.id, p.state, h.to_state)
                  FROM payout p
                  LEFT JOIN LATERAL (SELECT to_state FROM payout_history h
                                      WHERE h.payout_id = p.id ORDER BY number DESC LIMIT 1) h ON true
                 WHERE h.to_state IS DISTINCT FROM p.state
                 LIMIT $1
                """);
    }

    /** Of the last day, because what was told and delivered is forgotten in time. */
    @Produces
    @Singleton
    static BookCheck told() {
        return new SqlCheck(
                "payouts-told-and-on-record",
                "each state that a payout entered in the last day was told and put on record in the same transaction",
                """
                SELECT format('payout %s became %s and %s', p.id, p.state, p.lack)
                  FROM (SELECT id, state, 'is not on record' AS lack FROM payout n
                         WHERE updated_at > now() - interval '1 day'
                           AND NOT EXISTS (SELECT FROM audit_entry a
                                            WHERE a.object_id = n.id AND a.action = 'payout.' || n.state)
                        UNION ALL
                        SELECT id, state, 'was not told' FROM payout n
                         WHERE updated_at > now() - interval '1 day'
                           AND NOT EXISTS (SELECT FROM outbox_event e
                                            WHERE e.aggregate_id = n.id AND e.type = 'payout.' || n.state)) p
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck nobodyForgotten() {
        return new SqlCheck(
                "payouts-go-on",
                "every payout that is not over has a next moment, not long past, or an open task for a person",
                """
                SELECT format('payout %s is %s: next is %s at %s', p.id, p.state, p.next_kind, p.next_at)
                  FROM payout p
                 WHERE p.state IN ('requested', 'approved', 'submitted', 'unknown')
                   AND (p.next_at IS NULL OR p.updated_at < now() - interval '1 day' AND p.next_at < now() - interval '1 day')
                   AND NOT EXISTS (SELECT FROM payout_task t WHERE t.payout_id = p.id AND t.closed_at IS NULL)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck sheets() {
        return new SqlCheck(
                "run-sheets-add-up",
                "a run's counts and sums are those of the payouts that it made",
                """
                SELECT format('run %s counts %s payouts of %s in all, there are %s of %s', r.id, r.paid,
                              r.told, count(p.id), coalesce(sum(p.gross_minor), 0))
                  FROM (SELECT id, paid, (SELECT coalesce(sum((s.value ->> 'gross')::bigint), 0)
                                            FROM jsonb_each(sums) s) AS told FROM payout_run) r
                  LEFT JOIN payout p ON p.run_id = r.id
                 GROUP BY r.id, r.paid, r.told
                HAVING count(p.id) <> r.paid OR coalesce(sum(p.gross_minor), 0) <> r.told
                 LIMIT $1
                """);
    }
}
