package dev.tributary.commission;

import dev.tributary.ledger.SeededBreaches;
import jakarta.inject.Singleton;
import java.util.List;

/** How commissions go wrong beside the books. */
@Singleton
class CommissionBreaches implements SeededBreaches {
    private static final String SOURCE = "'00000000-0000-4000-8000-0000000000c1'";
    private static final String SALE =
            """
            INSERT INTO conversion (id, program_id, kind, external_id, amount_minor, currency, status, occurred_at, decision,
                                    refunded_minor)
            SELECT %s, program_id, 'sale', 'breach', 100, 'XTS', 'accepted', now(), %d, %d FROM enrollment LIMIT 1;
            """;

    private static String row(
            String status, boolean released, int amount, String rule, String conversion, int decision) {
        return """
                INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, conversion_id,
                                        amount_minor, currency, status, released, earned_at, entries, decision, arithmetic)
                SELECT gen_random_uuid(), program_id, id, affiliate_id, 'conversion', %s, '%s', %s, %d, 'XTS', '%s', %s,
                       now(), 1, %d, '{"amount": %d}' FROM enrollment LIMIT 1;
                """
                .formatted(SOURCE, rule, conversion, amount, status, released, decision, amount);
    }

    @Override
    public List<Breach> all() {
        return List.of(
                new Breach("commissions-in-the-books", row("pending", false, 5, "a", "NULL", 1)),
                new Breach("commission-status-true", row("approved", false, 0, "a", "NULL", 1)),
                new Breach("commission-status-true", row("held", true, 0, "a", "NULL", 1)),
                new Breach("commission-status-true", row("reversed", true, 5, "a", "NULL", 1)),
                new Breach(
                        "one-live-commission",
                        row("pending", false, 5, "a", "NULL", 1) + row("pending", false, 5, "a", "NULL", 2)),
                new Breach(
                        "one-live-commission", SALE.formatted(SOURCE, 2, 0) + row("pending", false, 5, "a", SOURCE, 1)),
                new Breach(
                        "refunds-in-proportion",
                        SALE.formatted(SOURCE, 1, 50) + row("pending", false, 5, "a", SOURCE, 1)),
                new Breach(
                        "arithmetic-agrees",
                        row("pending", false, 5, "a", "NULL", 1)
                                + "UPDATE commission SET arithmetic = '{\"amount\": 6}' WHERE source_id = " + SOURCE),
                new Breach(
                        "awards-and-adjustments-booked",
                        """
                        INSERT INTO adjustment (id, program_id, enrollment_id, affiliate_id, amount_minor, currency, reason, status,
                                                proposed_by, decided_by, decided_at, created_at)
                        SELECT gen_random_uuid(), program_id, id, affiliate_id, 5, 'XTS', 'x', 'approved', 'a', 'b', now(), now()
                          FROM enrollment LIMIT 1
                        """));
    }
}
