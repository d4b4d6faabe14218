-- Stripe's events, each with its effect in one transaction.

-- The signing secrets of webhook endpoints, several at once while one follows another.
CREATE TABLE stripe_secret (
    id          uuid PRIMARY KEY,
    owner_id    uuid NOT NULL,
    -- how it ends, for people to tell secrets apart
    hint        text NOT NULL CHECK (length(hint) = 4),
    -- SHA-256: the same secret twice is a mistake that nobody would find
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    material    bytea NOT NULL,
    wrapped     boolean NOT NULL,
    created_at  timestamptz NOT NULL,
    UNIQUE (owner_id, hash)
);

CREATE TABLE stripe_event (
    id               uuid PRIMARY KEY,
    owner_id         uuid NOT NULL,
    -- Stripe's own: what makes it one event however often it is sent
    event_id         text NOT NULL CHECK (length(event_id) BETWEEN 1 AND 255),
    type             text NOT NULL CHECK (length(type) BETWEEN 1 AND 255),
    livemode         boolean NOT NULL,
    created_at       timestamptz NOT NULL,
    received_at      timestamptz NOT NULL,
    state            text NOT NULL CHECK (state IN ('done', 'ignored', 'refused', 'waiting')),
    note             text NOT NULL CHECK (length(note) <= 300),
    -- only while it waits: it may hold names and addresses of buyers
    payload          jsonb CHECK ((payload IS NOT NULL) = (state = 'waiting')),
    attempts         integer NOT NULL DEFAULT 1,
    next_attempt_at  timestamptz CHECK ((next_attempt_at IS NOT NULL) = (state = 'waiting')),
    UNIQUE (owner_id, event_id)
);
CREATE INDEX stripe_event_owner ON stripe_event (owner_id, id);
CREATE INDEX stripe_event_waiting ON stripe_event (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX stripe_event_received ON stripe_event (received_at);

-- Which invoice a payment intent paid: charges and disputes name only the intent.
CREATE TABLE conversion_stripe_invoice (
    program_id      uuid NOT NULL REFERENCES program,
    payment_intent  text NOT NULL CHECK (length(payment_intent) <= 200),
    invoice         text NOT NULL CHECK (length(invoice) <= 200),
    PRIMARY KEY (program_id, payment_intent)
);

-- The merchant's own id of a Stripe customer, where a checkout told it.
CREATE TABLE conversion_stripe_customer (
    program_id            uuid NOT NULL REFERENCES program,
    stripe_customer       text NOT NULL CHECK (length(stripe_customer) <= 200),
    customer_external_id  text NOT NULL CHECK (length(customer_external_id) BETWEEN 1 AND 200),
    PRIMARY KEY (program_id, stripe_customer)
);
