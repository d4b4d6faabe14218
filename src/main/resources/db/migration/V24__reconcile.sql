-- Where our books and a provider's own list differ, until somebody or a later look explains it.

CREATE TABLE reconcile_item (
    id            uuid PRIMARY KEY,
    rail          text NOT NULL,
    -- missing_here: the provider lists it and no payout is known; missing_there: paid here, and not in the provider's list;
    -- amount: another amount than was sent; state: it moved for a payout that was not to be paid
    kind          text NOT NULL CHECK (kind IN ('missing_here', 'missing_there', 'amount', 'state')),
    -- the provider's own id
    transfer_id   text NOT NULL CHECK (length(transfer_id) BETWEEN 1 AND 255),
    -- null: nobody's here
    payout_id     uuid REFERENCES payout,
    -- the difference in words, with both sides; no personal data
    detail        text NOT NULL CHECK (length(detail) <= 500),
    first_seen    timestamptz NOT NULL,
    last_seen     timestamptz NOT NULL,
    -- when a later look found that it is so no longer
    cleared_at    timestamptz,
    explained_at  timestamptz,
    explained_by  text CHECK (length(explained_by) <= 255),
    note          text CHECK (length(note) BETWEEN 1 AND 1000),
    UNIQUE (rail, kind, transfer_id),
    CHECK (num_nulls(explained_at, explained_by, note) IN (0, 3))
);
CREATE INDEX reconcile_item_open ON reconcile_item (id) WHERE cleared_at IS NULL AND explained_at IS NULL;
CREATE INDEX reconcile_item_transfer ON reconcile_item (rail, transfer_id);
CREATE INDEX reconcile_item_payout ON reconcile_item (payout_id) WHERE payout_id IS NOT NULL;

-- When the provider's own list last held it.
ALTER TABLE payout_transfer ADD COLUMN listed_at timestamptz;
-- What was sent in a span of time.
CREATE INDEX payout_submitted ON payout (rail, submitted_at) WHERE submitted_at IS NOT NULL;
