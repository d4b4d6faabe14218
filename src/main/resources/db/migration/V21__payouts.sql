-- Payouts: runs, money on its way out, what providers tell of it, and what people have to decide.

-- One looking-through of a program for those who are to be paid. It goes on from its cursor after a crash, and a second
-- scheduler loses on the unique index; runs by hand have no period, so any number of them.
CREATE TABLE payout_run (
    id           uuid PRIMARY KEY,
    program_id   uuid NOT NULL REFERENCES program,
    kind         text NOT NULL CHECK (kind IN ('monthly', 'daily', 'manual')),
    -- such as 2026-11 or 2026-11-21, in the program's time zone
    period       text CHECK (period ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'),
    state        text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    -- an account of the identity provider, or the job
    started_by   text NOT NULL CHECK (length(started_by) BETWEEN 1 AND 255),
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    -- the last enrollment that was looked at
    cursor       uuid,
    seen         bigint NOT NULL DEFAULT 0,
    paid         bigint NOT NULL DEFAULT 0,
    left_out     bigint NOT NULL DEFAULT 0,
    by_hand      bigint NOT NULL DEFAULT 0,
    -- by currency: {"USD": {"count": 1, "gross": 100, "fees": 0, "withheld": 0}}
    sums         jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(sums) = 'object'),
    -- by reason: {"under_minimum": 7}
    barred       jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(barred) = 'object'),
    -- why it stopped
    message      text CHECK (length(message) <= 500),
    UNIQUE (program_id, kind, period),
    CHECK ((kind = 'manual') = (period IS NULL)),
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK (seen = paid + left_out AND by_hand <= paid)
);
CREATE INDEX payout_run_program ON payout_run (program_id, id);
CREATE INDEX payout_run_running ON payout_run (started_at) WHERE state = 'running';
-- Runs look through the enrollments of a program in this order.
CREATE INDEX enrollment_program ON enrollment (program_id, id);

CREATE TABLE payout (
    id                uuid PRIMARY KEY,
    run_id            uuid REFERENCES payout_run,
    kind              text NOT NULL CHECK (kind IN ('monthly', 'daily', 'manual', 'request')),
    program_id        uuid NOT NULL REFERENCES program,
    enrollment_id     uuid NOT NULL REFERENCES enrollment,
    affiliate_id      uuid NOT NULL REFERENCES affiliate,
    rail              text NOT NULL CHECK (rail ~ '^[a-z][a-z0-9_]{0,39}$'),
    -- the payout method that it goes to
    method_id         uuid NOT NULL,
    gross_minor       bigint NOT NULL CHECK (gross_minor > 0),
    fee_minor         bigint NOT NULL CHECK (fee_minor >= 0),
    withheld_minor    bigint NOT NULL CHECK (withheld_minor >= 0),
    currency          text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- what it was measured by when it was made
    minimum_minor     bigint NOT NULL DEFAULT 0,
    paper             text NOT NULL DEFAULT 'not_needed' CHECK (paper IN ('not_needed', 'given', 'verified')),
    state             text NOT NULL CHECK (state IN
        ('requested', 'approved', 'submitted', 'unknown', 'paid', 'failed', 'canceled', 'returned')),
    -- why it waits; '' = it does not
    hold              text NOT NULL DEFAULT '' CHECK (length(hold) <= 500),
    -- why it failed or was canceled
    reason            text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
    -- how many must agree, and why
    people            smallint NOT NULL DEFAULT 0 CHECK (people BETWEEN 0 AND 2),
    approval_reasons  text[] NOT NULL DEFAULT '{}',
    -- the account that asked for it, or that started the run
    requested_by      text NOT NULL CHECK (length(requested_by) BETWEEN 1 AND 255),

    -- What is sent: the same for ever from the first claim on.
    key               text CHECK (length(key) BETWEEN 1 AND 255),
    destination       bytea,
    body              bytea,
    -- whether destination and body are encrypted with the installation's master key
    wrapped           boolean NOT NULL DEFAULT false,

    -- Its attempts, of which only the last can be under way.
    attempts          integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    first_at          timestamptz,
    send_not_after    timestamptz,
    attempt_open      boolean NOT NULL DEFAULT false,
    doubtful          boolean NOT NULL DEFAULT false,
    spent             boolean NOT NULL DEFAULT false,
    absences          integer NOT NULL DEFAULT 0 CHECK (absences >= 0),
    absent_at         timestamptz,
    not_before        timestamptz,
    ask               text CHECK (ask ~ '^[a-z_]{1,40}$'),
    -- whether a person decided that it is sent again
    ordered           boolean NOT NULL DEFAULT false,

    -- What happens next to it, and when; the sweep reads this.
    next_kind         text NOT NULL CHECK (next_kind IN ('send', 'look_up', 'give_up_waiting', 'ask_person', 'nothing')),
    next_at           timestamptz,

    -- What the books say of it since it ended, in minor units of what was sent.
    settled_minor     bigint NOT NULL DEFAULT 0 CHECK (settled_minor >= 0),
    returned_minor    bigint NOT NULL DEFAULT 0 CHECK (returned_minor >= 0),
    overpaid_minor    bigint NOT NULL DEFAULT 0 CHECK (overpaid_minor >= 0),
    corrections       integer NOT NULL DEFAULT 0 CHECK (corrections >= 0),

    created_at        timestamptz NOT NULL,
    approved_at       timestamptz,
    submitted_at      timestamptz,
    -- when it became paid, which it stays in the books though it came back later
    paid_at           timestamptz,
    ended_at          timestamptz,
    updated_at        timestamptz NOT NULL,
    UNIQUE (run_id, enrollment_id),
    CHECK (gross_minor - fee_minor - withheld_minor > 0),
    CHECK (gross_minor >= minimum_minor),
    CHECK ((state IN ('requested', 'approved', 'canceled')) = (key IS NULL)),
    CHECK (num_nulls(key, destination, body, first_at, send_not_after, not_before, submitted_at) IN (0, 7)),
    CHECK ((attempts = 0) = (key IS NULL)),
    CHECK ((state IN ('paid', 'failed', 'canceled', 'returned')) = (ended_at IS NOT NULL)),
    CHECK ((state IN ('paid', 'returned')) = (paid_at IS NOT NULL)),
    -- nobody is forgotten: what is live has a next moment or a person who is asked
    CHECK ((next_kind = 'nothing') = (ended_at IS NOT NULL)),
    CHECK ((next_kind IN ('send', 'look_up', 'give_up_waiting')) = (next_at IS NOT NULL))
) WITH (fillfactor = 70);
-- 7, 8: an enrollment's money is on its way once.
CREATE UNIQUE INDEX payout_live ON payout (enrollment_id, currency)
    WHERE state IN ('requested', 'approved', 'submitted', 'unknown');
CREATE INDEX payout_due ON payout (rail, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX payout_program ON payout (program_id, id);
CREATE INDEX payout_affiliate ON payout (affiliate_id, id);
CREATE INDEX payout_enrollment ON payout (enrollment_id, id);
-- Year-end forms.
CREATE INDEX payout_paid ON payout (program_id, paid_at) WHERE paid_at IS NOT NULL;

-- 12, 21: what may change, whoever asks. The engine never tries; this is for everything else that can write here.
CREATE FUNCTION payout_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.run_id, NEW.kind, NEW.program_id, NEW.enrollment_id, NEW.affiliate_id, NEW.gross_minor, NEW.fee_minor,
        NEW.withheld_minor, NEW.currency, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.run_id, OLD.kind, OLD.program_id, OLD.enrollment_id, OLD.affiliate_id, OLD.gross_minor,
        OLD.fee_minor, OLD.withheld_minor, OLD.currency, OLD.created_at) THEN
        RAISE EXCEPTION 'payout %: whose it is and its amounts never change', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.key IS NOT NULL AND (NEW.key, NEW.destination, NEW.body, NEW.wrapped, NEW.rail, NEW.method_id, NEW.first_at)
       IS DISTINCT FROM (OLD.key, OLD.destination, OLD.body, OLD.wrapped, OLD.rail, OLD.method_id, OLD.first_at) THEN
        RAISE EXCEPTION 'payout %: it was claimed for sending and is frozen', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND NOT (CASE OLD.state
        WHEN 'requested' THEN NEW.state IN ('approved', 'canceled')
        -- at once where the provider tells how it ended
        WHEN 'approved' THEN NEW.state IN ('submitted', 'canceled', 'paid', 'failed', 'returned')
        WHEN 'submitted' THEN NEW.state IN ('unknown', 'paid', 'failed', 'returned')
        WHEN 'unknown' THEN NEW.state IN ('submitted', 'paid', 'failed', 'returned')
        WHEN 'paid' THEN NEW.state = 'returned'
        ELSE false END) THEN
        RAISE EXCEPTION 'payout % is % and cannot become %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payout_guard BEFORE UPDATE ON payout FOR EACH ROW EXECUTE FUNCTION payout_guard();

CREATE FUNCTION payout_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was paid out is kept', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER payout_kept BEFORE DELETE OR TRUNCATE ON payout FOR EACH STATEMENT EXECUTE FUNCTION payout_refuse();

-- 11: what a provider tells of a payout, under its own id, which belongs to one payout.
CREATE TABLE payout_transfer (
    rail            text NOT NULL,
    transfer_id     text NOT NULL CHECK (length(transfer_id) BETWEEN 1 AND 255),
    payout_id       uuid NOT NULL REFERENCES payout,
    status          text NOT NULL CHECK (status IN ('pending', 'done', 'failed')),
    moved_minor     bigint NOT NULL CHECK (moved_minor > 0),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    reversed_minor  bigint NOT NULL CHECK (reversed_minor BETWEEN 0 AND moved_minor),
    code            text NOT NULL CHECK (length(code) <= 255),
    as_of           timestamptz NOT NULL,
    PRIMARY KEY (rail, transfer_id)
);
CREATE INDEX payout_transfer_payout ON payout_transfer (payout_id);
CREATE TRIGGER payout_transfer_kept BEFORE DELETE OR TRUNCATE ON payout_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION payout_refuse();

CREATE TABLE payout_approval (
    payout_id  uuid NOT NULL REFERENCES payout,
    -- of the identity provider
    account    text NOT NULL CHECK (length(account) BETWEEN 1 AND 255),
    at         timestamptz NOT NULL,
    PRIMARY KEY (payout_id, account)
);

-- 13: which commissions a payout is for. No foreign keys: millions of rows are written by one statement from both tables,
-- neither of which loses rows, and looking each up again took as long as writing it.
CREATE TABLE payout_commission (
    payout_id      uuid NOT NULL,
    commission_id  uuid NOT NULL,
    -- what stood of it then
    amount_minor   bigint NOT NULL,
    -- until its payout fails, is canceled or comes back
    live           boolean NOT NULL DEFAULT true,
    PRIMARY KEY (payout_id, commission_id)
);
CREATE UNIQUE INDEX payout_commission_live ON payout_commission (commission_id) WHERE live;
-- What the next payout is for.
CREATE INDEX commission_payable ON commission (enrollment_id) WHERE status = 'approved';

-- Every change of state and every decision, numbered from 1.
CREATE TABLE payout_history (
    payout_id   uuid NOT NULL REFERENCES payout,
    number      integer NOT NULL CHECK (number >= 1),
    -- null for the first
    from_state  text,
    to_state    text NOT NULL,
    reason      text NOT NULL CHECK (length(reason) <= 500),
    -- an account, or what did it: run, dispatch, provider
    actor       text NOT NULL CHECK (length(actor) BETWEEN 1 AND 255),
    at          timestamptz NOT NULL,
    PRIMARY KEY (payout_id, number)
);
CREATE TRIGGER payout_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_history
    FOR EACH STATEMENT EXECUTE FUNCTION payout_refuse();

-- What waits for a person. One open task of a kind a payout; the engine closes those that have become pointless.
CREATE TABLE payout_task (
    id         uuid PRIMARY KEY,
    -- null: about a rail or a transfer that belongs to no payout
    payout_id  uuid REFERENCES payout,
    ask        text NOT NULL CHECK (ask ~ '^[a-z_]{1,40}$'),
    detail     text NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
    opened_at  timestamptz NOT NULL,
    closed_at  timestamptz,
    closed_by  text CHECK (length(closed_by) <= 255),
    note       text CHECK (length(note) <= 1000),
    CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX payout_task_open ON payout_task (payout_id, ask) WHERE closed_at IS NULL;
CREATE INDEX payout_task_list ON payout_task (id) WHERE closed_at IS NULL;
CREATE INDEX payout_task_payout ON payout_task (payout_id, id);

-- The inbox: each of a provider's events has one effect.
CREATE TABLE payout_notice (
    rail         text NOT NULL,
    event_id     text NOT NULL CHECK (length(event_id) BETWEEN 1 AND 255),
    payout_id    uuid NOT NULL REFERENCES payout,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (rail, event_id)
);
CREATE INDEX payout_notice_payout ON payout_notice (payout_id);
