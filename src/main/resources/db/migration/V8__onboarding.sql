-- How affiliates come into programs: applications with their decisions, and invitations.
ALTER TABLE enrollment
    -- the tier that was reached; null = the lowest that asks for nothing
    ADD COLUMN tier_id     uuid,
    -- the promo code that was chosen for it; null = the text of the referral code
    ADD COLUMN promo_code  text,
    ADD CONSTRAINT enrollment_tier FOREIGN KEY (program_id, tier_id) REFERENCES tier (program_id, id);
CREATE INDEX enrollment_tier ON enrollment (program_id, tier_id) WHERE tier_id IS NOT NULL;

CREATE TABLE application (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    status         text NOT NULL CHECK (status IN ('submitted', 'more_info', 'approved', 'rejected', 'withdrawn')),
    -- what was asked for; another code is made where it is taken by the time of the approval
    wanted_code    text,
    -- {channels, promotion, website}: as it was sent, whatever becomes of the profile
    form           jsonb NOT NULL CHECK (jsonb_typeof(form) = 'object'),
    -- the terms that were accepted, when, by which account and from where; moved to agreement_acceptance on approval
    agreement_id   uuid REFERENCES agreement,
    terms_version  integer,
    accepted_at    timestamptz,
    accepted_by    text,
    ip_prefix      text,
    user_agent     text,
    kyc_status     text NOT NULL CHECK (kyc_status IN ('pending', 'review', 'clear', 'refused')),
    -- who said so last: the name of a check, or the account of a person
    kyc_by         text NOT NULL,
    -- what the affiliate is told
    reason         text,
    decided_by     text,
    decided_at     timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    CHECK ((agreement_id IS NULL) = (accepted_at IS NULL)),
    CHECK ((status IN ('approved', 'rejected')) = (decided_at IS NOT NULL))
);
-- One that waits for an answer is enough.
CREATE UNIQUE INDEX application_open ON application (program_id, affiliate_id) WHERE status IN ('submitted', 'more_info');
CREATE INDEX application_program ON application (program_id, id);
CREATE INDEX application_affiliate ON application (affiliate_id, id);
-- The queue of those that wait, and of those that are forgotten after a time.
CREATE INDEX application_waiting ON application (status, id) WHERE status IN ('submitted', 'more_info');
CREATE INDEX application_forgotten ON application (updated_at) WHERE status IN ('rejected', 'withdrawn');

CREATE TABLE invitation (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    -- SHA-256 of 256 random bits: the token itself is shown once and kept nowhere
    token_hash     bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    referral_code  text,
    promo_code     text,
    expires_at     timestamptz NOT NULL,
    accepted_at    timestamptz,
    revoked_at     timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX invitation_open ON invitation (program_id, affiliate_id)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_affiliate ON invitation (affiliate_id);
