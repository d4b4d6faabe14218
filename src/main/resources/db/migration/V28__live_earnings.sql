-- Live earnings: who looks on is told of commissions as they commit, by whichever instance.

-- In which transaction an event was appended. What is new to a reader is exactly what its last snapshot did not see and this one
-- does: neither ids nor times tell that, because transactions commit in another order than they begin. Null before this
-- migration, which no reader looks back to. In two steps, because a default that is not constant would rewrite the table.
ALTER TABLE outbox_event ADD COLUMN xid xid8;
ALTER TABLE outbox_event ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
CREATE INDEX outbox_event_xid ON outbox_event (xid);
-- What one affiliate missed while its connection was down.
CREATE INDEX outbox_event_affiliate ON outbox_event ((payload ->> 'affiliateId'), xid)
    WHERE type IN ('commission.earned', 'commission.changed');

-- What a browser opens one stream with, because it cannot send a header. Lost in a crash together with the minute that they
-- are good for, so they need no log.
CREATE UNLOGGED TABLE live_ticket (
    -- SHA-256 is enough: a ticket has 256 random bits, so there is nothing to guess
    hash          bytea PRIMARY KEY CHECK (length(hash) = 32),
    affiliate_id  uuid NOT NULL,
    -- the API key it was made with; null where that was an access token
    key_id        uuid,
    -- when the credentials that it was made with end, and with them the stream
    ends_at       timestamptz,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX live_ticket_expires ON live_ticket (expires_at);
