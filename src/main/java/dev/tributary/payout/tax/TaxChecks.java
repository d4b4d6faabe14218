package dev.tributary.payout.tax;

import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.SqlCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of tax at any moment. */
final class TaxChecks {
    private TaxChecks() {}

    /** What a 1099 reports is read from payouts, what is owed to the tax office from the books: they are the same. */
    @Produces
    @Singleton
    static BookCheck withheld() {
        return new SqlCheck(
                "tax-withheld-in-the-books",
                "what the books keep back for the tax office of a payout is what its row withheld, less what was given back",
                """
                SELECT format('payout %s withheld %s, the books kept %s and gave back %s', p.id, p.withheld_minor, b.kept, b.back)
                  FROM payout p
                 CROSS JOIN LATERAL (
                   SELECT coalesce(sum(amount_minor) FILTER (WHERE credit = 'withheld'), 0) AS kept,
                          coalesce(sum(amount_minor) FILTER (WHERE debit = 'withheld'), 0) AS back
                     FROM ledger_entry e WHERE e.source_id = p.id AND e.source_kind = 'payout') b
                 WHERE p.withheld_minor > 0
                   AND (b.kept <> CASE WHEN p.settled_minor > 0 THEN p.withheld_minor ELSE 0 END
                        OR b.back > b.kept
                        OR p.state = 'returned' AND p.settled_minor > 0 AND b.back <> b.kept)
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck sealed() {
        return new SqlCheck(
                "tax-forms-sealed",
                "every tax form in force is sealed, or kept on paper",
                """
                SELECT format('tax form %s of affiliate %s', f.id, f.affiliate_id) FROM tax_form f
                 WHERE f.state IN ('submitted', 'verified') AND f.sealed IS NULL AND f.kind <> 'w8ben_e'
                 LIMIT $1
                """);
    }
}
