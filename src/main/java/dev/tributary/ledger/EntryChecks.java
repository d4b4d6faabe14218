package dev.tributary.ledger;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is true of entries by themselves. The table's form and its triggers see to most of it; these see to those. */
final class EntryChecks {
    private EntryChecks() {}

    @Produces
    @Singleton
    static BookCheck guards() {
        return new SqlCheck(
                "guards-in-force",
                "the constraints and triggers that keep the books are there and enabled",
                """
                SELECT 'missing or disabled: ' || g.name
                  FROM unnest(ARRAY['ledger_entry_append_only', 'ledger_balance_kept', 'ledger_balance_opened',
                                    'ledger_balance_moved', 'ledger_entry_allowed', 'ledger_entry_amount_minor_check',
                                    'ledger_entry_source', 'ledger_entry_pkey', 'ledger_balance_pkey',
                                    'ledger_balance_enrollment_id_fkey', 'ledger_close_append_only',
                                    'ledger_snapshot_append_only']) AS g (name)
                 WHERE NOT EXISTS (SELECT FROM pg_trigger t
                        WHERE t.tgname = g.name
                          AND t.tgrelid IN ('ledger_entry'::regclass, 'ledger_balance'::regclass, 'ledger_close'::regclass,
                                            'ledger_snapshot'::regclass)
                          AND t.tgenabled IN ('O', 'A'))
                   AND NOT EXISTS (SELECT FROM pg_constraint c
                        WHERE c.conname = g.name AND c.convalidated
                          AND c.conrelid IN ('ledger_entry'::regclass, 'ledger_balance'::regclass))
                   AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE c.relname = g.name AND i.indrelid = 'ledger_entry'::regclass AND i.indisunique
                          AND i.indisvalid)
                UNION ALL
                SELECT 'may be null: ledger_entry.' || attname FROM pg_attribute
                 WHERE attrelid = 'ledger_entry'::regclass AND NOT attnotnull
                   AND attname IN ('debit', 'credit', 'amount_minor', 'currency', 'program_id', 'source_id', 'kind')
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck balanced() {
        return new SqlCheck(
                "entries-balanced",
                "in every entry and currency debits equal credits, each more than 0 and of an account with an owner",
                """
                SELECT format('entry %s is off by %s %s', entry_id, off, currency)
                  FROM (SELECT entry_id, currency, bool_and(amount_minor > 0) AS positive,
                               coalesce(sum(amount_minor) FILTER (WHERE side = 'credit'), 0)
                               - coalesce(sum(amount_minor) FILTER (WHERE side = 'debit'), 0) AS off
                          FROM ledger_posting WHERE account IS NOT NULL AND owner_id IS NOT NULL
                         GROUP BY entry_id, currency) AS e
                 WHERE off <> 0 OR NOT positive
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck whole() {
        return new SqlCheck(
                "entries-whole",
                "the rows of an entry have one source, program, enrollment and currency, and are all there",
                """
                SELECT format('entry %s has rows that differ or miss', id)
                  FROM ledger_entry
                 WHERE id IN (SELECT id FROM ledger_entry WHERE line > 0)
                 GROUP BY id
                HAVING count(*) <> max(line) + 1
                    OR count(DISTINCT (kind, source_kind, source_id, number, program_id, enrollment_id, currency)) > 1
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck net() {
        return new SqlCheck(
                "book-nets-to-zero",
                "all accounts together hold nothing, in each currency",
                """
                SELECT format('all accounts hold %s %s', sum(held), currency)
                  FROM (SELECT currency, account, owner_id,
                               sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END) AS held
                          FROM ledger_posting WHERE account IS NOT NULL AND owner_id IS NOT NULL
                         GROUP BY currency, account, owner_id) AS a
                 GROUP BY currency HAVING sum(held) <> 0
                 LIMIT $1
                """);
    }

    @Produces
    @Singleton
    static BookCheck owners() {
        return new SqlCheck(
                "owners-exist",
                "every entry belongs to a program that is there, and to an enrollment of that program",
                """
                SELECT format('enrollment %s in program %s, in %s entries', e.enrollment_id, e.program_id, count(*))
                  FROM ledger_entry e
                  LEFT JOIN enrollment m ON m.id = e.enrollment_id AND m.program_id = e.program_id
                  LEFT JOIN program p ON p.id = e.program_id
                 WHERE p.id IS NULL OR e.enrollment_id IS NOT NULL AND m.id IS NULL
                 GROUP BY e.enrollment_id, e.program_id
                 LIMIT $1
                """);
    }
}
