-- What a program pays for and how: rates in basis points, amounts in minor units of its currency.
ALTER TABLE program
    ADD COLUMN base_rate_bps      integer NOT NULL DEFAULT 1000 CHECK (base_rate_bps BETWEEN 0 AND 10000),
    ADD COLUMN features           text[] NOT NULL DEFAULT '{}',
    ADD COLUMN attribution_model  text NOT NULL DEFAULT 'last_click'
        CHECK (attribution_model IN ('last_click', 'first_click', 'linear', 'time_decay', 'position_based')),
    -- how long a commission stays pending, so that refunds are over before it is paid
    ADD COLUMN hold_days          integer NOT NULL DEFAULT 30 CHECK (hold_days BETWEEN 0 AND 365),
    ADD COLUMN min_payout_minor   bigint NOT NULL DEFAULT 5000 CHECK (min_payout_minor >= 0),
    ADD COLUMN auto_approve       boolean NOT NULL DEFAULT false,
    ADD COLUMN leaderboard        boolean NOT NULL DEFAULT false,
    ADD COLUMN two_tier           boolean NOT NULL DEFAULT false;

-- The pages that affiliates are offered for deep links, on the landing page's host; changed with their program.
CREATE TABLE program_page (
    program_id  uuid NOT NULL REFERENCES program,
    position    smallint NOT NULL CHECK (position BETWEEN 1 AND 50),
    name        text NOT NULL,
    path        text NOT NULL CHECK (path LIKE '/%'),
    PRIMARY KEY (program_id, position)
);

CREATE TABLE tier (
    id                   uuid PRIMARY KEY,
    program_id           uuid NOT NULL REFERENCES program,
    name                 text NOT NULL,
    -- the higher, the better
    rank                 integer NOT NULL CHECK (rank BETWEEN 1 AND 1000),
    -- both must be reached
    min_conversions      bigint NOT NULL DEFAULT 0 CHECK (min_conversions >= 0),
    min_revenue_minor    bigint NOT NULL DEFAULT 0 CHECK (min_revenue_minor >= 0),
    rate_bps             integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
    sign_up_bonus_minor  bigint NOT NULL DEFAULT 0 CHECK (sign_up_bonus_minor >= 0),
    -- null = the program's
    min_payout_minor     bigint CHECK (min_payout_minor >= 0),
    perks                jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(perks) = 'array'),
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    UNIQUE (program_id, rank),
    -- so that another table can refer to a tier of the same program
    UNIQUE (program_id, id)
);
CREATE UNIQUE INDEX tier_name ON tier (program_id, lower(name));

CREATE TABLE agreement (
    id                 uuid PRIMARY KEY,
    program_id         uuid NOT NULL REFERENCES program,
    number             integer NOT NULL CHECK (number >= 1),
    title              text NOT NULL,
    terms              text NOT NULL CHECK (octet_length(terms) <= 200000),
    -- the affiliate's share, where the terms name one
    revenue_split_bps  integer CHECK (revenue_split_bps BETWEEN 0 AND 10000),
    valid_from         timestamptz NOT NULL,
    valid_until        timestamptz CHECK (valid_until > valid_from),
    -- until when those who are in the program already may wait; null = they may not
    grace_until        timestamptz CHECK (grace_until >= valid_from),
    created_at         timestamptz NOT NULL,
    UNIQUE (program_id, number)
);

-- What somebody accepted, or could have, is never rewritten.
CREATE FUNCTION agreement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'agreement % is valid and cannot change', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER agreement_stays BEFORE UPDATE OR DELETE ON agreement
    FOR EACH ROW WHEN (OLD.valid_from <= now()) EXECUTE FUNCTION agreement_stays();

CREATE TABLE agreement_acceptance (
    id             uuid PRIMARY KEY,
    agreement_id   uuid NOT NULL REFERENCES agreement,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    accepted_at    timestamptz NOT NULL,
    -- the account that said yes, and where from
    accepted_by    text NOT NULL,
    ip_prefix      text NOT NULL,
    user_agent     text NOT NULL,
    UNIQUE (agreement_id, enrollment_id)
);
CREATE INDEX agreement_acceptance_enrollment ON agreement_acceptance (enrollment_id);
CREATE INDEX agreement_acceptance_list ON agreement_acceptance (agreement_id, id);
