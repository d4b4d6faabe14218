-- The books: double entry, append-only, balanced by their form.

-- Whether accounts, owners and words of a row fit its kind. In a function, because PostgreSQL reads the text of each CHECK
-- anew for each statement: written out as CHECKs these cost a single entry as much as writing it (measured: 220 against 120
-- microseconds; 140 so).
CREATE FUNCTION ledger_entry_allowed(kind text, debit text, credit text, enrollment uuid, rail uuid, currency text,
    source_kind text, memo text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE kind
        WHEN 'earn' THEN debit = 'expense' AND credit = 'pending'
        WHEN 'reverse' THEN debit IN ('pending', 'available') AND credit = 'expense'
        WHEN 'release' THEN debit = 'pending' AND credit = 'available'
        WHEN 'reserve' THEN debit = 'available' AND credit = 'in_transit'
        WHEN 'paid' THEN debit = 'in_transit' AND credit IN ('clearing', 'fees', 'withheld')
                      OR debit = 'fees' AND credit = 'clearing'
        WHEN 'failed' THEN debit = 'in_transit' AND credit = 'available'
        WHEN 'returned' THEN debit IN ('clearing', 'fees', 'withheld') AND credit = 'available'
        WHEN 'adjust' THEN debit = 'expense' AND credit = 'available' OR debit = 'available' AND credit = 'expense'
        ELSE false END
        AND (enrollment IS NOT NULL OR debit NOT IN ('pending', 'available', 'in_transit')
                                       AND credit NOT IN ('pending', 'available', 'in_transit'))
        AND (rail IS NOT NULL) = (debit = 'clearing' OR credit = 'clearing')
        AND currency ~ '^[A-Z]{3}$' AND source_kind ~ '^[a-z][a-z0-9_]{0,39}$' AND length(memo) <= 200;
END $$;

-- One row is one amount that moves from a debited account to a credited one, so debits equal credits in each row, each
-- entry and each currency, and no row can say otherwise. An entry with more than two accounts has several rows: the same id,
-- source, kind and number, and lines from 0. The view below shows both sides of each as postings.
--
-- An account is named by its kind, its currency and its owner, and the owner is a column of the row: the enrollment of
-- pending, available and in_transit; the program of expense, fees and withheld; the rail of clearing.
--
-- No foreign keys: each would lock the program's row, the same one for every sale of a program. What an enrollment owns is
-- tied to it by ledger_balance, and check-books looks for the rest.
CREATE TABLE ledger_entry (
    -- UUIDv7: its time is when it was booked, by which statements go
    id             uuid NOT NULL,
    line           smallint NOT NULL,
    kind           text NOT NULL,
    -- the row of another table that it is booked for; number counts entries of one kind for one row
    source_kind    text NOT NULL,
    source_id      uuid NOT NULL,
    number         integer NOT NULL,
    program_id     uuid NOT NULL,
    enrollment_id  uuid,
    rail_id        uuid,
    debit          text NOT NULL,
    credit         text NOT NULL,
    amount_minor   bigint NOT NULL CHECK (amount_minor > 0),
    currency       text NOT NULL,
    -- when what it books happened
    occurred_at    timestamptz NOT NULL,
    memo           text NOT NULL,
    PRIMARY KEY (id, line),
    CONSTRAINT ledger_entry_allowed CHECK (ledger_entry_allowed(kind, debit, credit, enrollment_id, rail_id, currency,
        source_kind, memo))
);
-- Once for ever; replays meet it.
CREATE UNIQUE INDEX ledger_entry_source ON ledger_entry (source_id, kind, number, line, source_kind);
-- Statements: one enrollment's, in the order of booking.
CREATE INDEX ledger_entry_enrollment ON ledger_entry (enrollment_id, id);

-- The entries as postings, for people and checks: what an account holds is its credits less its debits.
CREATE VIEW ledger_posting AS
SELECT e.id AS entry_id, e.line, e.kind, e.source_kind, e.source_id, e.number, e.program_id, e.enrollment_id,
       s.account, s.side, e.amount_minor, e.currency, e.occurred_at,
       CASE WHEN s.account IN ('pending', 'available', 'in_transit') THEN e.enrollment_id
            WHEN s.account = 'clearing' THEN e.rail_id
            ELSE e.program_id END AS owner_id
  FROM ledger_entry e
 CROSS JOIN LATERAL (VALUES (e.debit, 'debit'), (e.credit, 'credit')) AS s (account, side);

-- What each enrollment is owed now: kept because rules read it under lock. Everything else is added up from the entries.
CREATE TABLE ledger_balance (
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    currency       text NOT NULL,
    pending        bigint NOT NULL,
    -- less than 0 = a debt after a refund, which later earnings pay down
    available      bigint NOT NULL,
    in_transit     bigint NOT NULL,
    PRIMARY KEY (enrollment_id, currency)
) WITH (fillfactor = 50);

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the books are only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_balance_kept BEFORE DELETE OR TRUNCATE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- also in a session that replays somebody else's changes
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
ALTER TABLE ledger_balance ENABLE ALWAYS TRIGGER ledger_balance_kept;

-- Pending and in transit are never below 0, and nothing is reserved beyond what is available. Not as CHECKs: those would
-- look at the difference that an upsert brings, before it is added to what is there.
CREATE FUNCTION ledger_overdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'More is taken than there is: pending %, available %, in transit %',
        NEW.pending, NEW.available, NEW.in_transit USING ERRCODE = 'TR001';
END $$;
CREATE TRIGGER ledger_balance_opened AFTER INSERT ON ledger_balance FOR EACH ROW
    WHEN (NEW.pending < 0 OR NEW.in_transit < 0 OR NEW.available < 0 AND NEW.in_transit > 0)
    EXECUTE FUNCTION ledger_overdrawn();
CREATE TRIGGER ledger_balance_moved AFTER UPDATE ON ledger_balance FOR EACH ROW
    WHEN (NEW.pending < 0 OR NEW.in_transit < 0 OR NEW.available < 0 AND NEW.in_transit > OLD.in_transit)
    EXECUTE FUNCTION ledger_overdrawn();
