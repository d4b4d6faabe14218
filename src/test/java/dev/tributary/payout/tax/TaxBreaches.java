package dev.tributary.payout.tax;

import dev.tributary.ledger.SeededBreaches;
import jakarta.inject.Singleton;
import java.util.List;

/** How tax goes wrong beside the books. */
@Singleton
class TaxBreaches implements SeededBreaches {
    /** In a currency that nobody has; its entries are missing. */
    private static final String PAID =
            """
            INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                                withheld_minor, currency, state, requested_by, next_kind, created_at, updated_at, attempts, key,
                                destination, body, first_at, send_not_after, not_before, submitted_at, ended_at, paid_at,
                                settled_minor)
            SELECT gen_random_uuid(), 'request', program_id, id, affiliate_id, 'manual', id, 100, 0, 24, 'XTS', 'paid', 'somebody',
                   'nothing', now(), now(), 1, 'key', '', '', now(), now(), now(), now(), now(), now(), 76
              FROM enrollment LIMIT 1
            """;

    private static final String IN_CLEAR =
            """
            INSERT INTO tax_form (id, affiliate_id, kind, state, country, name, withholding, reported, signed_at, created_at)
            SELECT gen_random_uuid(), id, 'w9', 'submitted', 'US', 'Ann', false, true, now(), now() FROM affiliate a
             WHERE NOT EXISTS (SELECT FROM tax_form WHERE affiliate_id = a.id) LIMIT 1
            """;

    @Override
    public List<Breach> all() {
        return List.of(new Breach("tax-withheld-in-the-books", PAID), new Breach("tax-forms-sealed", IN_CLEAR));
    }
}
