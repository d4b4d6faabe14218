-- Payouts that leave in files which a person gives to a bank.

-- One file. A file has no idempotency of its own: it is made once, and the same bytes are served for ever.
CREATE TABLE payout_file (
    id            uuid PRIMARY KEY,
    kind          text NOT NULL CHECK (kind IN ('nacha', 'csv')),
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    entries       integer NOT NULL CHECK (entries BETWEEN 1 AND 10000),
    total_minor   bigint NOT NULL CHECK (total_minor > 0),
    -- the file itself, with account numbers
    content       bytea NOT NULL,
    wrapped       boolean NOT NULL,
    -- which master key wrapped it; '' = none
    key_id        text NOT NULL CHECK (length(key_id) <= 16),
    sha256        bytea NOT NULL CHECK (length(sha256) = 32),
    -- the day at the bank, and which file of that day it is
    made_on       date NOT NULL,
    modifier      text CHECK (modifier ~ '^[A-Z]$'),
    -- the banking day on which payees are to have it
    effective_on  date,
    last_trace    integer CHECK (last_trace BETWEEN 0 AND 9999999),
    made_by       text NOT NULL CHECK (length(made_by) BETWEEN 1 AND 255),
    made_at       timestamptz NOT NULL,
    -- the bank has carried it out
    settled_by    text CHECK (length(settled_by) BETWEEN 1 AND 255),
    settled_at    timestamptz,
    CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
    CHECK (num_nulls(modifier, effective_on, last_trace) = CASE kind WHEN 'nacha' THEN 0 ELSE 3 END)
);
CREATE UNIQUE INDEX payout_file_modifier ON payout_file (made_on, modifier) WHERE modifier IS NOT NULL;

-- One payout of the rail, by its own id: the rail's promise to know it again.
CREATE TABLE payout_file_entry (
    payout_id     uuid PRIMARY KEY,
    kind          text NOT NULL CHECK (kind IN ('us_ach', 'iban', 'other')),
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount_minor  bigint NOT NULL CHECK (amount_minor > 0),
    -- name and account, as JSON
    destination   bytea NOT NULL,
    wrapped       boolean NOT NULL,
    key_id        text NOT NULL CHECK (length(key_id) <= 16),
    -- what finds it again on a bank statement
    reference     text NOT NULL UNIQUE CHECK (reference ~ '^[A-Z0-9]{15}$'),
    created_at    timestamptz NOT NULL,
    file_id       uuid REFERENCES payout_file,
    position      integer CHECK (position >= 0),
    trace         text CHECK (trace ~ '^[0-9]{15}$'),
    -- taken out before it was in any file
    removed_at    timestamptz,
    -- the bank sent the money back
    returned_at   timestamptz,
    code          text NOT NULL DEFAULT '' CHECK (length(code) <= 20),
    note          text NOT NULL DEFAULT '' CHECK (length(note) <= 300),
    UNIQUE (file_id, position),
    CHECK ((file_id IS NULL) = (position IS NULL)),
    CHECK (file_id IS NOT NULL OR trace IS NULL AND returned_at IS NULL),
    CHECK (removed_at IS NULL OR file_id IS NULL)
);
CREATE INDEX payout_file_entry_waiting ON payout_file_entry (currency, created_at, payout_id)
    WHERE file_id IS NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX payout_file_entry_trace ON payout_file_entry (file_id, trace) WHERE trace IS NOT NULL;
CREATE INDEX payout_file_entry_found ON payout_file_entry (trace) WHERE trace IS NOT NULL;
CREATE INDEX payout_file_entry_created ON payout_file_entry (created_at, payout_id);

-- What the job rewrap looks for when the master key was replaced.
CREATE INDEX payout_file_key ON payout_file (key_id, id) WHERE wrapped;
CREATE INDEX payout_file_entry_key ON payout_file_entry (key_id, payout_id) WHERE wrapped;

-- What a bank may have been given is never changed, whoever asks.
CREATE FUNCTION payout_file_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'payout file %: it is kept', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.kind, NEW.currency, NEW.name, NEW.entries, NEW.total_minor, NEW.sha256, NEW.made_on, NEW.modifier,
        NEW.effective_on, NEW.last_trace, NEW.made_by, NEW.made_at)
       IS DISTINCT FROM (OLD.id, OLD.kind, OLD.currency, OLD.name, OLD.entries, OLD.total_minor, OLD.sha256, OLD.made_on,
        OLD.modifier, OLD.effective_on, OLD.last_trace, OLD.made_by, OLD.made_at)
       OR OLD.settled_at IS NOT NULL AND NEW.settled_at IS DISTINCT FROM OLD.settled_at THEN
        RAISE EXCEPTION 'payout file %: what it was never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payout_file_guard BEFORE UPDATE OR DELETE ON payout_file
    FOR EACH ROW EXECUTE FUNCTION payout_file_guard();

CREATE FUNCTION payout_file_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'payout file entry %: it is kept', OLD.payout_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.payout_id, NEW.kind, NEW.currency, NEW.amount_minor, NEW.reference, NEW.created_at)
       IS DISTINCT FROM (OLD.payout_id, OLD.kind, OLD.currency, OLD.amount_minor, OLD.reference, OLD.created_at)
       OR OLD.file_id IS NOT NULL AND (NEW.file_id, NEW.position, NEW.trace)
          IS DISTINCT FROM (OLD.file_id, OLD.position, OLD.trace)
       OR OLD.returned_at IS NOT NULL AND NEW.returned_at IS DISTINCT FROM OLD.returned_at
       OR OLD.removed_at IS NOT NULL AND NEW.removed_at IS DISTINCT FROM OLD.removed_at THEN
        RAISE EXCEPTION 'payout file entry %: what it was never changes', OLD.payout_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payout_file_entry_guard BEFORE UPDATE OR DELETE ON payout_file_entry
    FOR EACH ROW EXECUTE FUNCTION payout_file_entry_guard();
