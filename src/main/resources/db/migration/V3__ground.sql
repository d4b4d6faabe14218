-- Answers to requests that carried an Idempotency-Key, written by the transaction that had the effect.
CREATE TABLE idempotency_record (
    owner         text NOT NULL, -- whose key it is: keys of two callers never meet
    key           text NOT NULL,
    request_hash  bytea NOT NULL,
    status        integer NOT NULL,
    location      text,
    body          text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_record_created ON idempotency_record (created_at);

CREATE TABLE audit_entry (
    id           uuid PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT now(),
    actor_kind   text NOT NULL,
    actor_id     text NOT NULL,
    request_id   text NOT NULL,
    action       text NOT NULL,
    object_kind  text NOT NULL,
    object_id    uuid NOT NULL,
    before       jsonb,
    after        jsonb
);
CREATE INDEX audit_entry_object ON audit_entry (object_id, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id);
CREATE INDEX audit_entry_action ON audit_entry (action, id);

CREATE TABLE outbox_event (
    id            uuid PRIMARY KEY,
    type          text NOT NULL,
    aggregate_id  uuid NOT NULL,
    payload       jsonb NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);

-- What one consumer still has to do with one event. The id is drawn after the aggregate's row lock, so that within an
-- aggregate it follows the order of commits.
CREATE TABLE outbox_delivery (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id         uuid NOT NULL REFERENCES outbox_event ON DELETE CASCADE,
    consumer         text NOT NULL,
    aggregate_id     uuid NOT NULL,
    slot             smallint NOT NULL CHECK (slot BETWEEN 0 AND 15),
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL DEFAULT now(),
    last_error       text,
    parked_at        timestamptz,
    delivered_at     timestamptz,
    UNIQUE (event_id, consumer)
);
CREATE INDEX outbox_delivery_open ON outbox_delivery (id) WHERE delivered_at IS NULL;
CREATE INDEX outbox_delivery_open_aggregate ON outbox_delivery (consumer, aggregate_id, id) WHERE delivered_at IS NULL;
CREATE INDEX outbox_delivery_parked ON outbox_delivery (parked_at) WHERE parked_at IS NOT NULL AND delivered_at IS NULL;
CREATE INDEX outbox_delivery_done ON outbox_delivery (delivered_at) WHERE delivered_at IS NOT NULL;
