-- Discount codes whole: what they give, how often they may be used, and each use of them.

-- What a program sells, from the smallest up: a code's minimum plan compares by the position.
CREATE TABLE program_plan (
    id          uuid PRIMARY KEY,
    program_id  uuid NOT NULL REFERENCES program,
    slug        text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    position    integer NOT NULL CHECK (position BETWEEN 1 AND 1000),
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    UNIQUE (program_id, slug),
    UNIQUE (program_id, position)
);

-- Codes made before give nothing off: they tell who brought a buyer, however often.
ALTER TABLE discount_code
    DROP CONSTRAINT discount_code_status_check,
    ADD CHECK (status IN ('active', 'paused', 'expired', 'archived')),
    ADD COLUMN description            text NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
    ADD COLUMN discount_type          text NOT NULL DEFAULT 'percentage'
        CHECK (discount_type IN ('percentage', 'fixed_amount')),
    -- basis points, or minor units of the currency
    ADD COLUMN value                  bigint NOT NULL DEFAULT 0 CHECK (value >= 0),
    ADD COLUMN currency               text CHECK (currency ~ '^[A-Z]{3}$'),
    ADD COLUMN duration               text NOT NULL DEFAULT 'once' CHECK (duration IN ('once', 'repeating', 'forever')),
    ADD COLUMN duration_months        integer CHECK (duration_months BETWEEN 1 AND 120),
    -- null = any number
    ADD COLUMN max_uses               integer CHECK (max_uses >= 1),
    ADD COLUMN max_uses_per_customer  integer CHECK (max_uses_per_customer >= 1),
    ADD COLUMN minimum_plan           text,
    ADD COLUMN stackable              boolean NOT NULL DEFAULT false,
    -- empty = all
    ADD COLUMN plans                  text[] NOT NULL DEFAULT '{}' CHECK (cardinality(plans) <= 50),
    ADD COLUMN products               text[] NOT NULL DEFAULT '{}' CHECK (cardinality(products) <= 100),
    ADD COLUMN starts_at              timestamptz,
    ADD COLUMN expires_at             timestamptz,
    -- uses that are reserved or confirmed, and what they take off: as many as there are such rows in redemption
    ADD COLUMN uses                   integer NOT NULL DEFAULT 0 CHECK (uses >= 0),
    ADD COLUMN discount_minor         bigint NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
    -- generated with others at once
    ADD COLUMN batch_id               uuid,
    -- whoever of the staff made it; null = made with an enrollment
    ADD COLUMN created_by             text CHECK (length(created_by) <= 200),
    ADD COLUMN version                bigint NOT NULL DEFAULT nextval('change_version'),
    ADD CHECK (uses <= max_uses),
    ADD CHECK (expires_at > starts_at),
    ADD CHECK (discount_type = 'fixed_amount' OR value <= 10000),
    ADD CHECK ((discount_type = 'fixed_amount') = (currency IS NOT NULL)),
    ADD CHECK ((duration = 'repeating') = (duration_months IS NOT NULL)),
    ADD FOREIGN KEY (program_id, minimum_plan) REFERENCES program_plan (program_id, slug);
CREATE INDEX discount_code_version ON discount_code (version);
CREATE INDEX discount_code_program ON discount_code (program_id, id);
CREATE INDEX discount_code_batch ON discount_code (batch_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX discount_code_minimum_plan ON discount_code (program_id, minimum_plan) WHERE minimum_plan IS NOT NULL;
CREATE INDEX discount_code_ending ON discount_code (expires_at) WHERE status = 'active';
-- Search by the beginning of the code.
CREATE INDEX discount_code_search ON discount_code (code_key text_pattern_ops, id);

-- One code of one apply; codes that are applied together share the id. Written under the row lock of the code.
CREATE TABLE redemption (
    id                    uuid NOT NULL,
    code_id               uuid NOT NULL REFERENCES discount_code,
    -- among those applied together, as they were typed
    place                 smallint NOT NULL CHECK (place BETWEEN 0 AND 9),
    program_id            uuid NOT NULL REFERENCES program,
    -- whose the code is
    enrollment_id         uuid REFERENCES enrollment,
    customer_external_id  text NOT NULL CHECK (length(customer_external_id) BETWEEN 1 AND 200),
    state                 text NOT NULL CHECK (state IN ('reserved', 'confirmed', 'released')),
    -- the order before any discount, and what this code takes off
    amount_minor          bigint NOT NULL CHECK (amount_minor >= 0),
    discount_minor        bigint NOT NULL CHECK (discount_minor >= 0),
    currency              text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    plan                  text,
    -- the merchant's id of the order, once it is confirmed, and what was paid
    external_id           text CHECK (length(external_id) BETWEEN 1 AND 200),
    paid_minor            bigint CHECK (paid_minor >= 0),
    expires_at            timestamptz NOT NULL,
    created_at            timestamptz NOT NULL,
    confirmed_at          timestamptz,
    released_at           timestamptz,
    release_reason        text CHECK (release_reason IN ('expired', 'canceled', 'payment_failed')),
    PRIMARY KEY (id, code_id),
    UNIQUE (id, place),
    CHECK (discount_minor <= amount_minor),
    CHECK ((state = 'confirmed') = (external_id IS NOT NULL)),
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL)),
    CHECK ((state = 'released') = (released_at IS NOT NULL)),
    CHECK ((state = 'released') = (release_reason IS NOT NULL))
);
CREATE INDEX redemption_code ON redemption (code_id, id);
CREATE INDEX redemption_customer ON redemption (code_id, customer_external_id) WHERE state <> 'released';
CREATE INDEX redemption_open ON redemption (expires_at) WHERE state = 'reserved';
CREATE INDEX redemption_enrollment ON redemption (enrollment_id, confirmed_at) WHERE state = 'confirmed';
CREATE INDEX redemption_program ON redemption (program_id, id);
-- An order has one apply.
CREATE UNIQUE INDEX redemption_order ON redemption (program_id, external_id) WHERE place = 0 AND state = 'confirmed';

-- What looks like misuse, counted by the hour: read by the fraud room, forgotten after some months.
CREATE TABLE code_signal (
    kind          text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,39}$'),
    hour          timestamptz NOT NULL,
    -- the code it is about, else all zeros; the network, else empty
    code_id       uuid NOT NULL,
    network       text NOT NULL CHECK (length(network) <= 50),
    affiliate_id  uuid REFERENCES affiliate,
    detail        text NOT NULL DEFAULT '' CHECK (length(detail) <= 200),
    count         bigint NOT NULL CHECK (count >= 1),
    first_at      timestamptz NOT NULL,
    last_at       timestamptz NOT NULL,
    PRIMARY KEY (kind, hour, code_id, network)
);
CREATE INDEX code_signal_affiliate ON code_signal (affiliate_id, hour) WHERE affiliate_id IS NOT NULL;
CREATE INDEX code_signal_hour ON code_signal (hour);
