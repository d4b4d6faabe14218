package dev.tributary.payout;

import dev.tributary.ledger.SeededBreaches;
import jakarta.inject.Singleton;
import java.util.List;

/** How payouts go wrong beside the books. */
@Singleton
class PayoutBreaches implements SeededBreaches {
    private static final String ID = "'00000000-0000-4000-8000-0000000000d1'";
    private static final String OTHER = "'00000000-0000-4000-8000-0000000000d2'";

    /** As it stands when it was claimed; in a currency that nobody has, so that it is the only one. */
    private static String payout(String id, String currency, String state) {
        boolean claimed = !state.equals("requested");
        boolean ended = state.equals("paid") || state.equals("failed");
        return """
                INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                                    withheld_minor, currency, state, requested_by, next_kind, created_at, updated_at, attempts,
                                    key, destination, body, first_at, send_not_after, not_before, submitted_at, ended_at,
                                    paid_at)
                SELECT %s, 'request', program_id, id, affiliate_id, 'stripe', id, 100, 0, 0, '%s', '%s', 'somebody', '%s',
                       now(), now(), %s, %s FROM enrollment LIMIT 1;
                """
                .formatted(
                        id,
                        currency,
                        state,
                        ended ? "nothing" : "ask_person",
                        claimed
                                ? "1, 'key', '\\x00', '\\x00', now(), now(), now(), now()"
                                : "0, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
                        (ended ? "now(), " : "NULL, ") + (state.equals("paid") ? "now()" : "NULL"));
    }

    private static String transfer(String id, String payout) {
        return """
                INSERT INTO payout_transfer (rail, transfer_id, payout_id, status, moved_minor, currency, reversed_minor, code, as_of)
                VALUES ('stripe', '%s', %s, 'done', 100, 'XTS', 0, '', now());
                """
                .formatted(id, payout);
    }

    private static String line(int number, String from, String to) {
        return "INSERT INTO payout_history VALUES (%s, %d, '%s', '%s', '', 'somebody', now());"
                .formatted(ID, number, from, to);
    }

    @Override
    public List<Breach> all() {
        return List.of(
                new Breach("payout-guards-in-force", "ALTER TABLE payout DISABLE TRIGGER payout_guard"),
                new Breach("payout-guards-in-force", "DROP INDEX payout_live"),
                new Breach("payouts-reserved-once", payout(ID, "XTS", "requested")),
                new Breach("payouts-reserved-once", payout(ID, "XTS", "failed")),
                new Breach("payouts-as-transferred", payout(ID, "XTS", "paid") + transfer("tr_breach", ID)),
                new Breach(
                        "one-transfer-a-payout",
                        payout(ID, "XTS", "paid") + transfer("tr_breach1", ID) + transfer("tr_breach2", ID)),
                new Breach("one-transfer-a-payout", payout(ID, "XTS", "paid") + payout(OTHER, "XTS", "failed")),
                new Breach(
                        "commissions-in-one-payout",
                        payout(ID, "XTS", "failed")
                                + "INSERT INTO payout_commission VALUES (%s, gen_random_uuid(), 5, true)"
                                        .formatted(ID)),
                new Breach("payouts-end-once", payout(ID, "XTS", "failed") + line(1, "failed", "paid")),
                new Breach("payouts-end-once", payout(ID, "XTS", "failed") + line(1, "submitted", "unknown")),
                new Breach("payouts-told-and-on-record", payout(ID, "XTS", "requested")),
                new Breach("payouts-go-on", payout(ID, "XTS", "requested")),
                new Breach(
                        "run-sheets-add-up",
                        """
                        INSERT INTO payout_run (id, program_id, kind, state, started_by, started_at, seen, paid)
                        SELECT gen_random_uuid(), id, 'manual', 'running', 'somebody', now(), 1, 1 FROM program LIMIT 1
                        """));
    }
}
