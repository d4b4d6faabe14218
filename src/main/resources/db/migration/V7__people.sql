-- Who an affiliate is, beyond name and address. What staff and later rooms find out about them (tax, fraud) stands beside it,
-- because lists are narrowed by it.
ALTER TABLE affiliate
    -- the account of the identity provider that signs in as this affiliate
    ADD COLUMN issuer              text,
    ADD COLUMN subject             text,
    ADD COLUMN display_name        text NOT NULL DEFAULT '',
    ADD COLUMN partner_type        text NOT NULL DEFAULT 'other'
        CHECK (partner_type IN ('content', 'influencer', 'coupon', 'newsletter', 'agency', 'reseller', 'other')),
    ADD COLUMN leaderboard_opt_in  boolean NOT NULL DEFAULT false,
    -- who brought them in: named at the insert, when nobody can have been brought in by the new one, and never changed
    ADD COLUMN recruiter_id        uuid REFERENCES affiliate,
    ADD COLUMN channels            jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN promotion           text NOT NULL DEFAULT '',
    ADD COLUMN status_reason       text NOT NULL DEFAULT '',
    ADD COLUMN tax_status          text NOT NULL DEFAULT 'missing'
        CHECK (tax_status IN ('missing', 'submitted', 'verified')),
    ADD COLUMN fraud_score         integer NOT NULL DEFAULT 0 CHECK (fraud_score BETWEEN 0 AND 100),
    ADD COLUMN fraud_status        text NOT NULL DEFAULT 'clear' CHECK (fraud_status IN ('clear', 'watch', 'held')),
    ADD COLUMN erased_at           timestamptz,
    -- what the list's q looks in
    ADD COLUMN search              text NOT NULL
        GENERATED ALWAYS AS (lower(name || ' ' || display_name || ' ' || email)) STORED,
    ADD CHECK (recruiter_id <> id),
    ADD CHECK ((issuer IS NULL) = (subject IS NULL)),
    ADD UNIQUE (issuer, subject);
CREATE INDEX affiliate_status ON affiliate (status, id);
CREATE INDEX affiliate_recruiter ON affiliate (recruiter_id) WHERE recruiter_id IS NOT NULL;

-- With this, and with rows inserted one by one, a circle of recruiters cannot come to be.
CREATE FUNCTION affiliate_keeps_recruiter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the recruiter of affiliate % cannot change', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER affiliate_keeps_recruiter BEFORE UPDATE ON affiliate
    FOR EACH ROW WHEN (OLD.recruiter_id IS DISTINCT FROM NEW.recruiter_id)
    EXECUTE FUNCTION affiliate_keeps_recruiter();

-- What an affiliate did against the terms, and what was done about it.
CREATE TABLE violation (
    id            uuid PRIMARY KEY,
    affiliate_id  uuid NOT NULL REFERENCES affiliate,
    program_id    uuid REFERENCES program,
    kind          text NOT NULL CHECK (kind IN
        ('spam', 'misleading_claims', 'brand_bidding', 'missing_disclosure', 'cookie_stuffing', 'other')),
    severity      text NOT NULL CHECK (severity IN ('low', 'medium', 'high')),
    evidence      text NOT NULL,
    evidence_url  text NOT NULL DEFAULT '',
    action        text NOT NULL CHECK (action IN ('none', 'warning', 'suspension', 'ban')),
    created_at    timestamptz NOT NULL,
    created_by    text NOT NULL
);
CREATE INDEX violation_affiliate ON violation (affiliate_id, id);

-- What the public told of an affiliate. Whose the code is was looked up when the report came; null where it is nobody's.
CREATE TABLE abuse_report (
    id             uuid PRIMARY KEY,
    code           text NOT NULL,
    affiliate_id   uuid REFERENCES affiliate,
    kind           text NOT NULL CHECK (kind IN
        ('spam', 'misleading_claims', 'brand_bidding', 'missing_disclosure', 'cookie_stuffing', 'other')),
    message        text NOT NULL,
    -- of the person who reported; both go after 90 days
    contact_email  text,
    ip_hash        bytea,
    status         text NOT NULL CHECK (status IN ('open', 'confirmed', 'dismissed')),
    note           text NOT NULL DEFAULT '',
    handled_by     text,
    handled_at     timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);
CREATE INDEX abuse_report_status ON abuse_report (status, id);
CREATE INDEX abuse_report_affiliate ON abuse_report (affiliate_id, id);
CREATE INDEX abuse_report_personal ON abuse_report (created_at) WHERE contact_email IS NOT NULL OR ip_hash IS NOT NULL;
CREATE INDEX abuse_report_handled ON abuse_report (handled_at) WHERE handled_at IS NOT NULL;
