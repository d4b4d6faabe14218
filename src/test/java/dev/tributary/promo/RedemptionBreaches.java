package dev.tributary.promo;

import dev.tributary.ledger.SeededBreaches;
import jakarta.inject.Singleton;
import java.util.List;

/** How redemptions go wrong: a counter that is not the rows, a limit that is passed, more off than the order. */
@Singleton
class RedemptionBreaches implements SeededBreaches {
    private static final String CODE = "'00000000-0000-4000-8000-0000000000d1'";

    private static String code(int uses, String mostOfAll, String mostOfOne) {
        return """
                INSERT INTO discount_code (id, program_id, code, code_key, status, uses, max_uses, max_uses_per_customer,
                                           created_at, updated_at)
                SELECT %s, program_id, 'breach', 'BREACH-D1', 'active', %d, %s, %s, now(), now() FROM enrollment LIMIT 1;
                """
                .formatted(CODE, uses, mostOfAll, mostOfOne);
    }

    private static String use(int n, String state, int off) {
        return """
                INSERT INTO redemption (id, code_id, place, program_id, customer_external_id, state, amount_minor,
                                        discount_minor, currency, expires_at, created_at)
                SELECT '00000000-0000-4000-8000-0000000000e%d', %s, 0, program_id, 'cust', '%s', 100, %d, 'XTS', now(), now()
                  FROM enrollment LIMIT 1;
                """
                .formatted(n, CODE, state, off);
    }

    @Override
    public List<Breach> all() {
        return List.of(
                new Breach("redemptions-counted", code(1, "NULL", "NULL")),
                new Breach("redemptions-counted", code(0, "NULL", "NULL") + use(1, "reserved", 0)),
                new Breach("redemptions-counted", code(1, "NULL", "NULL") + use(1, "reserved", 7)),
                new Breach(
                        "redemptions-within-limits",
                        code(1, "1", "NULL") + use(1, "reserved", 0) + use(2, "reserved", 0)),
                new Breach(
                        "redemptions-within-limits",
                        code(2, "NULL", "1") + use(1, "reserved", 0) + use(2, "reserved", 0)),
                new Breach(
                        "redemptions-within-orders",
                        "ALTER TABLE redemption DROP CONSTRAINT redemption_check;" + code(1, "NULL", "NULL")
                                + use(1, "reserved", 101)));
    }
}
