-- Conversions whole: what was told, what was decided, and what went back.

ALTER TABLE conversion
    DROP COLUMN referral_id,
    ADD COLUMN door                  text NOT NULL DEFAULT 'api'
        CHECK (door IN ('api', 'postback', 'staff', 'import', 'stripe')),
    ADD COLUMN customer_external_id  text CHECK (length(customer_external_id) BETWEEN 1 AND 200),
    ADD COLUMN lines                 jsonb CHECK (jsonb_typeof(lines) = 'array' AND jsonb_array_length(lines) <= 100),
    -- plan, subscription, metadata: shown, never judged
    ADD COLUMN details               jsonb CHECK (jsonb_typeof(details) = 'object'),
    -- evidence, beside click_id
    ADD COLUMN visitor_id            uuid,
    ADD COLUMN promo_code            text,
    -- named by staff or an import, whether there is such an affiliate or not
    ADD COLUMN named_affiliate_id    uuid,
    -- what is known of the customer without telling who it is
    ADD COLUMN buyer                 jsonb CHECK (jsonb_typeof(buyer) = 'object'),
    ADD COLUMN reason_code           text CHECK (reason_code ~ '^[a-z_]{1,40}$'),
    -- 0 = not decided yet
    ADD COLUMN decision              integer NOT NULL DEFAULT 0 CHECK (decision >= 0),
    ADD COLUMN refunded_minor        bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND amount_minor),
    -- until when a click that has not landed yet is waited for; null = nothing is
    ADD COLUMN waiting_until         timestamptz,
    ADD CHECK (length(external_id) BETWEEN 1 AND 200),
    DROP CONSTRAINT conversion_status_check,
    ADD CONSTRAINT conversion_status_check CHECK (status IN ('accepted', 'rejected', 'waiting', 'refunded')),
    ADD CHECK (reason_code IS NULL OR status = 'rejected'),
    ADD CHECK (status <> 'waiting' OR waiting_until IS NOT NULL);
-- Lists of a program, newest first.
CREATE INDEX conversion_program ON conversion (program_id, id);
CREATE INDEX conversion_waiting ON conversion (id) WHERE waiting_until IS NOT NULL;

-- Whose commissions are to be computed, or computed again. A table of its own, because a mark in the conversion itself
-- would rewrite that wide row and all of its index entries once for every sale. Written with the conversion, by one
-- statement; conversions are never deleted.
CREATE TABLE conversion_due (
    conversion_id  uuid PRIMARY KEY
);

CREATE TABLE refund (
    id                uuid PRIMARY KEY,
    program_id        uuid NOT NULL REFERENCES program,
    external_id       text NOT NULL CHECK (length(external_id) BETWEEN 1 AND 200),
    kind              text NOT NULL CHECK (kind IN ('refund', 'dispute', 'dispute_won')),
    sale_external_id  text NOT NULL CHECK (length(sale_external_id) BETWEEN 1 AND 200),
    -- null = the sale has not been told yet: providers' events come in any order
    conversion_id     uuid REFERENCES conversion,
    -- null = all that is left, while the sale is waited for
    amount_minor      bigint CHECK (amount_minor >= 0),
    currency          text CHECK (currency ~ '^[A-Z]{3}$'),
    occurred_at       timestamptz NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (program_id, external_id),
    CHECK (conversion_id IS NULL OR amount_minor IS NOT NULL)
);
CREATE INDEX refund_conversion ON refund (conversion_id) WHERE conversion_id IS NOT NULL;
CREATE INDEX refund_waiting ON refund (program_id, sale_external_id) WHERE conversion_id IS NULL;

ALTER TABLE referral
    -- the conversion that is this customer's lead; one a customer
    ADD COLUMN lead_id     uuid,
    -- the conversion that bound the customer: decided anew, it may bind to another
    ADD COLUMN bound_by    uuid,
    ADD COLUMN churned_at  timestamptz;

-- The secret of a program's postback address: good for telling conversions and for nothing else, so it may stand in URLs.
CREATE TABLE postback_token (
    program_id  uuid PRIMARY KEY REFERENCES program,
    token_hash  bytea NOT NULL UNIQUE,
    created_at  timestamptz NOT NULL
);

-- Conversions from CSV. How far it came stands here, written by the transaction that stores the rows: killed at any moment,
-- an import goes on with the first row that is not stored.
CREATE TABLE conversion_import (
    id           uuid PRIMARY KEY,
    program_id   uuid NOT NULL REFERENCES program,
    name         text NOT NULL,
    -- where its rows are: in parts below, or in a file of the machine that runs the command
    source       text NOT NULL CHECK (source IN ('parts', 'file')),
    dry_run      boolean NOT NULL,
    status       text NOT NULL CHECK (status IN ('receiving', 'queued', 'running', 'succeeded', 'failed')),
    message      text,
    bytes        bigint NOT NULL DEFAULT 0,
    bytes_done   bigint NOT NULL DEFAULT 0,
    rows_done    bigint NOT NULL DEFAULT 0,
    accepted     bigint NOT NULL DEFAULT 0,
    rejected     bigint NOT NULL DEFAULT 0,
    waiting      bigint NOT NULL DEFAULT 0,
    booked       bigint NOT NULL DEFAULT 0,
    repeated     bigint NOT NULL DEFAULT 0,
    refused      bigint NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    finished_at  timestamptz
);
CREATE INDEX conversion_import_open ON conversion_import (id) WHERE status IN ('queued', 'running');

-- What was uploaded, in pieces of a request's size; gone when the import is done.
CREATE TABLE conversion_import_part (
    import_id  uuid NOT NULL REFERENCES conversion_import,
    number     integer NOT NULL CHECK (number >= 1),
    body       bytea NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- The rows that somebody should look at; those that went well are only counted.
CREATE TABLE conversion_import_row (
    id             uuid PRIMARY KEY,
    import_id      uuid NOT NULL REFERENCES conversion_import,
    row_number     bigint NOT NULL,
    result         text NOT NULL,
    external_id    text NOT NULL,
    conversion_id  uuid,
    code           text NOT NULL,
    detail         text NOT NULL
);
CREATE INDEX conversion_import_row_import ON conversion_import_row (import_id, id);
