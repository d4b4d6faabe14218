-- Commissions whole: the rules they come from, the arithmetic they are explained by, and what else is owed.

-- A rule as it was at some time. A change is another row with the next number; what commissions were computed by stays.
CREATE TABLE commission_rule (
    id             uuid NOT NULL,
    number         integer NOT NULL CHECK (number >= 1),
    program_id     uuid NOT NULL REFERENCES program,
    kind           text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
    scope          text NOT NULL CHECK (scope IN ('enrollment', 'product', 'tier', 'program')),
    enrollment_id  uuid REFERENCES enrollment,
    tier_id        uuid,
    valid_from     timestamptz NOT NULL,
    valid_until    timestamptz CHECK (valid_until > valid_from),
    cap_period     text CHECK (cap_period IN ('day', 'week', 'month', 'year', 'life')),
    cap_minor      bigint CHECK (cap_minor >= 0),
    terms          jsonb NOT NULL CHECK (jsonb_typeof(terms) = 'object'),
    active         boolean NOT NULL,
    -- of one rule, the last
    latest         boolean NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (id, number),
    FOREIGN KEY (program_id, tier_id) REFERENCES tier (program_id, id) ON DELETE RESTRICT,
    CHECK ((scope = 'enrollment') = (enrollment_id IS NOT NULL)),
    CHECK ((scope = 'tier') = (tier_id IS NOT NULL)),
    CHECK ((cap_period IS NULL) = (cap_minor IS NULL))
);
CREATE UNIQUE INDEX commission_rule_latest ON commission_rule (id) WHERE latest;
CREATE INDEX commission_rule_program ON commission_rule (program_id, id) WHERE latest;

-- What a rule gave one enrollment in a period, and what that sold: gross of refunds. Read and written under its row lock, so
-- that a cap is exact whoever books at the same time.
CREATE TABLE commission_counter (
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    rule_id        uuid NOT NULL,
    period         date NOT NULL,
    paid_minor     bigint NOT NULL DEFAULT 0 CHECK (paid_minor >= 0),
    revenue_minor  bigint NOT NULL DEFAULT 0 CHECK (revenue_minor >= 0),
    conversions    bigint NOT NULL DEFAULT 0 CHECK (conversions >= 0),
    PRIMARY KEY (enrollment_id, rule_id, period)
) WITH (fillfactor = 70);

ALTER TABLE commission
    -- how many steps of recruiting away; 0 = who is credited
    ADD COLUMN level           smallint NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 5),
    ADD COLUMN decision        integer NOT NULL DEFAULT 1 CHECK (decision >= 1),
    -- amount_minor is what stands; with this it is what was computed
    ADD COLUMN reversed_minor  bigint NOT NULL DEFAULT 0,
    -- its money has left pending
    ADD COLUMN released        boolean NOT NULL DEFAULT false,
    ADD COLUMN release_at      timestamptz,
    ADD COLUMN paid_at         timestamptz,
    -- how many entries are booked for it
    ADD COLUMN entries         integer NOT NULL DEFAULT 0,
    ADD COLUMN arithmetic      jsonb CHECK (jsonb_typeof(arithmetic) = 'object'),
    -- why a person held, refused or adjusted it
    ADD COLUMN reason          text CHECK (length(reason) <= 1000),
    ADD CHECK (source_kind = 'adjustment' OR amount_minor >= 0 AND reversed_minor >= 0),
    DROP CONSTRAINT commission_source_kind_source_id_affiliate_id_rule_key,
    ADD UNIQUE (source_id, rule, affiliate_id, decision, source_kind);
CREATE INDEX commission_release ON commission (release_at) WHERE status = 'pending';
-- Lists of staff, newest first.
CREATE INDEX commission_program ON commission (program_id, id);

-- Conversions whose commissions could not be computed: looked at by people, tried again by the job.
CREATE TABLE commission_failure (
    conversion_id  uuid PRIMARY KEY REFERENCES conversion,
    message        text NOT NULL CHECK (length(message) <= 500),
    failed_at      timestamptz NOT NULL
);

CREATE TABLE milestone (
    id            uuid PRIMARY KEY,
    program_id    uuid NOT NULL REFERENCES program,
    name          text NOT NULL,
    -- converted referrals
    threshold     integer NOT NULL CHECK (threshold BETWEEN 1 AND 1000000),
    bonus_minor   bigint NOT NULL CHECK (bonus_minor >= 0),
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    description   text NOT NULL DEFAULT '',
    active        boolean NOT NULL,
    -- taken back when refunds bring the count below the threshold
    clawback      boolean NOT NULL,
    position      integer NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
CREATE INDEX milestone_program ON milestone (program_id, threshold);

-- Once for an enrollment, for ever: a milestone that is lost and reached again gives back the same award.
CREATE TABLE milestone_award (
    id             uuid PRIMARY KEY,
    milestone_id   uuid NOT NULL REFERENCES milestone,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    bonus_minor    bigint NOT NULL,
    awarded_at     timestamptz NOT NULL,
    UNIQUE (milestone_id, enrollment_id)
);
CREATE INDEX milestone_award_enrollment ON milestone_award (enrollment_id);

-- Whose converted referrals are to be counted again, because a batch booked sales of their customers.
CREATE TABLE milestone_due (
    enrollment_id  uuid PRIMARY KEY REFERENCES enrollment
);
-- A customer's sales: whether a referral still counts after refunds.
CREATE INDEX conversion_customer ON conversion (program_id, customer_external_id)
    WHERE kind = 'sale' AND customer_external_id IS NOT NULL;

-- The tier that the job gave an enrollment last. Where the enrollment has another, a person gave it, and it is not taken away.
CREATE TABLE tier_assessment (
    enrollment_id  uuid PRIMARY KEY REFERENCES enrollment,
    tier_id        uuid,
    assessed_at    timestamptz NOT NULL
);

CREATE TABLE adjustment (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    -- less than 0 takes
    amount_minor   bigint NOT NULL CHECK (amount_minor <> 0),
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    reason         text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    status         text NOT NULL CHECK (status IN ('proposed', 'approved', 'rejected')),
    -- accounts of the identity provider
    proposed_by    text NOT NULL,
    decided_by     text,
    decided_at     timestamptz,
    created_at     timestamptz NOT NULL,
    CHECK ((status = 'proposed') = (decided_at IS NULL))
);
CREATE INDEX adjustment_program ON adjustment (program_id, id);
CREATE INDEX adjustment_enrollment ON adjustment (enrollment_id, id);
