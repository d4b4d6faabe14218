package dev.tributary.ledger;

import jakarta.inject.Singleton;
import java.util.List;

/** How the ledger's own books go wrong. Each uses whatever enrollment there is. */
@Singleton
class Breaches implements SeededBreaches {
    private static final String ROW =
            """
            INSERT INTO ledger_entry (id, line, kind, source_kind, source_id, number, program_id, enrollment_id, rail_id, debit,
                   credit, amount_minor, currency, occurred_at, memo)
            SELECT %s, %d, '%s', 'commission', %s, 0, program_id, id, NULL, %s, %s, %s, '%s', now(), ''
              FROM enrollment LIMIT 1;
            """;
    private static final String BALANCE = "INSERT INTO ledger_balance SELECT id, 'XTS', %s FROM enrollment LIMIT 1;";
    private static final String SOME = "'00000000-0000-4000-8000-000000000001'";
    private static final String OTHER = "'00000000-0000-4000-8000-000000000002'";

    private static final String LATE = "'ffffffff-ffff-7fff-bfff-ffffffffffff'";
    /** A close that kept nothing. */
    private static final String CLOSE = "INSERT INTO ledger_close VALUES (" + LATE + ", now(), 0);";

    private static String row(String kind, String debit, String credit, int amount) {
        return ROW.formatted("gen_random_uuid()", 0, kind, SOME, "'" + debit + "'", "'" + credit + "'", amount, "XTS");
    }

    @Override
    public List<Breach> all() {
        return List.of(
                guard("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only"),
                guard("DROP TRIGGER ledger_balance_moved ON ledger_balance"),
                guard("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_allowed"),
                guard("ALTER TABLE ledger_entry ALTER credit DROP NOT NULL"),
                guard("DROP INDEX ledger_entry_source"),
                guard("ALTER TABLE ledger_snapshot DISABLE TRIGGER ledger_snapshot_append_only"),
                new Breach("closed-books-stay", CLOSE),
                new Breach(
                        "closed-books-stay",
                        CLOSE + "INSERT INTO ledger_snapshot SELECT id, 'fees', 'XTS', " + LATE
                                + ", 5 FROM program LIMIT 1"),
                // a debit without a credit
                oneSided("entries-balanced"),
                oneSided("book-nets-to-zero"),
                new Breach(
                        "entries-balanced",
                        "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_amount_minor_check;"
                                + row("earn", "expense", "pending", -5)),
                new Breach("entries-whole", part(0, SOME, "XTS") + part(1, SOME, "XXX")),
                new Breach("entries-whole", part(0, SOME, "XTS") + part(1, OTHER, "XTS")),
                new Breach("entries-whole", part(1, SOME, "XTS")),
                new Breach(
                        "owners-exist",
                        "INSERT INTO ledger_entry SELECT gen_random_uuid(), 0, 'earn', 'commission', gen_random_uuid(), 0,"
                                + " program_id, gen_random_uuid(), NULL, 'expense', 'pending', 5, 'XTS', now(), ''"
                                + " FROM enrollment LIMIT 1"),
                new Breach(
                        "owners-exist",
                        "INSERT INTO ledger_entry SELECT gen_random_uuid(), 0, 'earn', 'commission', gen_random_uuid(), 0,"
                                + " gen_random_uuid(), id, NULL, 'expense', 'pending', 5, 'XTS', now(), ''"
                                + " FROM enrollment LIMIT 1"),
                new Breach("balances-recomputed", BALANCE.formatted("5, 0, 0")),
                new Breach("balances-recomputed", row("earn", "expense", "pending", 5)),
                new Breach("balances-recomputed", row("earn", "expense", "pending", 5) + BALANCE.formatted("4, 0, 0")),
                new Breach("debts-are-clawbacks", row("release", "pending", "available", 5)),
                new Breach("debts-are-clawbacks", row("reserve", "available", "in_transit", 5)),
                new Breach("debts-are-clawbacks", row("failed", "in_transit", "available", 5)),
                new Breach(
                        "taken-back-within-earned",
                        row("earn", "expense", "pending", 5) + row("reverse", "available", "expense", 6)),
                new Breach(
                        "taken-back-within-earned",
                        row("earn", "expense", "pending", 5)
                                + row("release", "pending", "available", 3)
                                + row("reverse", "pending", "expense", 3)),
                new Breach(
                        "reservations-end-once",
                        row("reserve", "available", "in_transit", 5) + row("failed", "in_transit", "available", 6)),
                new Breach(
                        "reservations-end-once",
                        row("reserve", "available", "in_transit", 5)
                                + row("failed", "in_transit", "available", 2)
                                + row("paid", "in_transit", "fees", 3)),
                new Breach("reservations-end-once", row("returned", "fees", "available", 5)));
    }

    private static Breach guard(String sql) {
        return new Breach("guards-in-force", sql);
    }

    private static Breach oneSided(String check) {
        return new Breach(
                check,
                "ALTER TABLE ledger_entry ALTER credit DROP NOT NULL;"
                        + " ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_allowed;"
                        + ROW.formatted("gen_random_uuid()", 0, "earn", SOME, "'expense'", "NULL", 5, "XTS"));
    }

    private static String part(int line, String source, String currency) {
        return ROW.formatted(OTHER, line, "earn", source, "'expense'", "'pending'", 5, currency);
    }
}
