-- Where affiliates are paid, and the tax papers without which they are not.

-- A destination that an affiliate chose. What it is stands in details and destination, sealed; hint is all that people see.
CREATE TABLE payout_method (
    id                uuid PRIMARY KEY,
    affiliate_id      uuid NOT NULL REFERENCES affiliate,
    rail              text NOT NULL CHECK (rail ~ '^[a-z][a-z0-9_]{0,39}$'),
    currency          text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- pending: the provider does not take it yet, or was not told yet (no destination)
    state             text NOT NULL CHECK (state IN
        ('pending_confirmation', 'pending', 'active', 'inactive', 'denied', 'removed')),
    hint              text NOT NULL CHECK (length(hint) <= 100),
    -- what the provider still wants or why it refuses
    note              text NOT NULL DEFAULT '' CHECK (length(note) <= 300),
    details           bytea,
    destination       bytea,
    -- keyed, of rail and destination: provider's events name it, and twins show
    destination_hash  bytea CHECK (length(destination_hash) = 16),
    -- of the master key that wraps the row's data keys
    key_id            text NOT NULL CHECK (key_id ~ '^[0-9a-f]{8}$'),
    -- the account that chose it
    chosen_by         text NOT NULL CHECK (length(chosen_by) BETWEEN 1 AND 255),
    created_at        timestamptz NOT NULL,
    -- until when it must be confirmed
    confirm_until     timestamptz,
    confirmed_by      text CHECK (length(confirmed_by) BETWEEN 1 AND 255),
    confirmed_at      timestamptz,
    -- when it replaced, or is to replace, another: from then on it cools; null for an affiliate's first
    changed_at        timestamptz,
    -- when the provider was last asked
    checked_at        timestamptz,
    blocked_at        timestamptz,
    blocked_by        text CHECK (length(blocked_by) BETWEEN 1 AND 255),
    block_reason      text CHECK (length(block_reason) BETWEEN 1 AND 500),
    removed_at        timestamptz,
    CHECK ((state = 'pending_confirmation') = (confirmed_at IS NULL) OR state = 'removed'),
    CHECK ((confirm_until IS NOT NULL) = (state = 'pending_confirmation')),
    CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
    CHECK ((state = 'removed') = (removed_at IS NOT NULL)),
    CHECK (state NOT IN ('active', 'inactive') OR destination IS NOT NULL),
    CHECK (destination IS NULL OR destination_hash IS NOT NULL),
    CHECK (num_nulls(blocked_at, blocked_by, block_reason) IN (0, 3))
);
-- One in force, and one that is to follow it.
CREATE UNIQUE INDEX payout_method_in_force ON payout_method (affiliate_id, currency) WHERE state IN ('active', 'inactive');
CREATE UNIQUE INDEX payout_method_next ON payout_method (affiliate_id, currency)
    WHERE state IN ('pending_confirmation', 'pending');
CREATE INDEX payout_method_affiliate ON payout_method (affiliate_id, id);
CREATE INDEX payout_method_destination ON payout_method (rail, destination_hash) WHERE destination_hash IS NOT NULL;
CREATE INDEX payout_method_waiting ON payout_method (checked_at NULLS FIRST) WHERE state = 'pending';
CREATE INDEX payout_method_key ON payout_method (key_id);
CREATE INDEX payout_method_unconfirmed ON payout_method (confirm_until) WHERE state = 'pending_confirmation';

-- A form as it was signed, sealed whole; what stands in clear is what staff work with. W-8BEN-E are kept on paper.
CREATE TABLE tax_form (
    id            uuid PRIMARY KEY,
    affiliate_id  uuid NOT NULL REFERENCES affiliate,
    kind          text NOT NULL CHECK (kind IN ('w9', 'w8ben', 'w8ben_e')),
    state         text NOT NULL CHECK (state IN ('submitted', 'verified', 'rejected', 'replaced')),
    country       text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    name          text NOT NULL CHECK (length(name) <= 200),
    tin_kind      text CHECK (tin_kind IN ('ssn', 'itin', 'ein')),
    tin_last4     text CHECK (tin_last4 ~ '^[0-9]{4}$'),
    sealed        bytea,
    key_id        text CHECK (key_id ~ '^[0-9a-f]{8}$'),
    -- as the form itself says: whether payments are withheld from, and reported
    withholding   boolean NOT NULL,
    reported      boolean NOT NULL,
    signed_at     timestamptz NOT NULL,
    -- the last day on which it holds, in UTC; null = until something changes
    expires_on    date,
    created_at    timestamptz NOT NULL,
    verified_by   text CHECK (length(verified_by) BETWEEN 1 AND 255),
    verified_at   timestamptz,
    rejected_by   text CHECK (length(rejected_by) BETWEEN 1 AND 255),
    -- why it was rejected, for the affiliate
    reason        text CHECK (length(reason) BETWEEN 1 AND 500),
    -- when another took its place or it was rejected
    ended_at      timestamptz,
    -- when its person was erased: it is kept for as long as the law wants it
    erased_at     timestamptz,
    CHECK ((state IN ('rejected', 'replaced')) = (ended_at IS NOT NULL)),
    CHECK ((verified_at IS NULL) = (verified_by IS NULL)),
    CHECK (state <> 'verified' OR verified_at IS NOT NULL),
    CHECK ((state = 'rejected') = (rejected_by IS NOT NULL AND reason IS NOT NULL)),
    CHECK ((tin_kind IS NULL) = (tin_last4 IS NULL)),
    CHECK ((sealed IS NULL) = (key_id IS NULL))
);
CREATE UNIQUE INDEX tax_form_in_force ON tax_form (affiliate_id) WHERE state IN ('submitted', 'verified');
CREATE INDEX tax_form_affiliate ON tax_form (affiliate_id, id);
CREATE INDEX tax_form_ended ON tax_form (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX tax_form_erased ON tax_form (erased_at) WHERE erased_at IS NOT NULL;
CREATE INDEX tax_form_key ON tax_form (key_id);

-- Who pays, as the tax office knows them, and whether they withhold. Without a row nothing is withheld.
CREATE TABLE tax_payer (
    program_id   uuid PRIMARY KEY REFERENCES program,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    ein          text NOT NULL CHECK (ein ~ '^[0-9]{2}-[0-9]{7}$'),
    address      jsonb NOT NULL,
    phone        text NOT NULL CHECK (length(phone) <= 50),
    withholding  boolean NOT NULL,
    updated_at   timestamptz NOT NULL
);

-- Of whom the tax office told a payer to withhold (a B or C notice).
CREATE TABLE tax_notice (
    program_id    uuid NOT NULL REFERENCES program,
    affiliate_id  uuid NOT NULL REFERENCES affiliate,
    reason        text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    noted_by      text NOT NULL CHECK (length(noted_by) BETWEEN 1 AND 255),
    noted_at      timestamptz NOT NULL,
    PRIMARY KEY (program_id, affiliate_id)
);
CREATE INDEX tax_notice_affiliate ON tax_notice (affiliate_id);

-- When somebody was last asked for a form.
CREATE TABLE tax_reminder (
    affiliate_id  uuid PRIMARY KEY REFERENCES affiliate,
    sent_at       timestamptz NOT NULL,
    sent          integer NOT NULL CHECK (sent >= 1)
);
