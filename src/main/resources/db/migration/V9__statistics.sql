-- Discount codes, campaigns, and the smallest form of what becomes of clicks: referrals, conversions, commissions. The
-- rooms that fill the latter widen them.

-- A namespace of its own, one an installation: what a buyer types at checkout. The key is the code by NFKC in upper case.
CREATE TABLE discount_code (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    -- null = nobody's
    enrollment_id  uuid REFERENCES enrollment,
    code           text NOT NULL,
    code_key       text NOT NULL UNIQUE,
    status         text NOT NULL CHECK (status IN ('active', 'paused')),
    -- its affiliate is not active; beside the status, so that reactivation brings back what was there before
    suspended      boolean NOT NULL DEFAULT false,
    -- made with the enrollment: one for each
    standard       boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);
CREATE INDEX discount_code_enrollment ON discount_code (enrollment_id);
CREATE UNIQUE INDEX discount_code_standard ON discount_code (enrollment_id) WHERE standard;

-- An affiliate's own name for some of its links, with the utm_campaign that these carry.
CREATE TABLE campaign (
    id             uuid PRIMARY KEY,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    program_id     uuid NOT NULL REFERENCES program,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    name           text NOT NULL,
    -- '' = the referral code, as without a campaign
    utm_campaign   text NOT NULL DEFAULT '',
    starts_on      date,
    ends_on        date CHECK (ends_on >= starts_on),
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    -- so that a link can only refer to a campaign of its own enrollment
    UNIQUE (enrollment_id, id)
);
CREATE UNIQUE INDEX campaign_name ON campaign (enrollment_id, lower(name));
CREATE INDEX campaign_affiliate ON campaign (affiliate_id, id);

ALTER TABLE link
    ADD COLUMN campaign_id uuid,
    ADD FOREIGN KEY (enrollment_id, campaign_id) REFERENCES campaign (enrollment_id, id);
CREATE INDEX link_campaign ON link (campaign_id) WHERE campaign_id IS NOT NULL;

-- What one affiliate reads of the rollup. None of its columns ever changes, so counting up stays a HOT update.
CREATE INDEX click_hourly_affiliate ON click_hourly (affiliate_id, hour);

CREATE TABLE referral (
    id                    uuid PRIMARY KEY,
    program_id            uuid NOT NULL REFERENCES program,
    enrollment_id         uuid NOT NULL REFERENCES enrollment,
    affiliate_id          uuid NOT NULL REFERENCES affiliate,
    customer_external_id  text NOT NULL,
    status                text NOT NULL CHECK (status IN ('signed_up', 'converted', 'churned')),
    src                   text NOT NULL DEFAULT '',
    -- no foreign keys to clicks: they are forgotten by the day
    click_id              uuid,
    signed_up_at          timestamptz NOT NULL,
    converted_at          timestamptz,
    UNIQUE (program_id, customer_external_id)
);
CREATE INDEX referral_affiliate ON referral (affiliate_id, id);

CREATE TABLE conversion (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    kind           text NOT NULL CHECK (kind IN ('lead', 'sale')),
    external_id    text NOT NULL,
    enrollment_id  uuid REFERENCES enrollment,
    affiliate_id   uuid REFERENCES affiliate,
    referral_id    uuid REFERENCES referral,
    link_id        uuid REFERENCES link,
    src            text NOT NULL DEFAULT '',
    click_id       uuid,
    amount_minor   bigint NOT NULL DEFAULT 0 CHECK (amount_minor >= 0),
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- only what is accepted counts in statistics
    status         text NOT NULL DEFAULT 'accepted' CHECK (status IN ('accepted', 'rejected', 'refunded')),
    occurred_at    timestamptz NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (program_id, external_id)
);
CREATE INDEX conversion_affiliate ON conversion (affiliate_id, occurred_at);
CREATE INDEX conversion_enrollment ON conversion (enrollment_id);

-- One for each source, affiliate and rule, whatever is tried again; a source is a conversion, a milestone and so on.
CREATE TABLE commission (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    source_kind    text NOT NULL,
    source_id      uuid NOT NULL,
    rule           text NOT NULL,
    conversion_id  uuid REFERENCES conversion,
    amount_minor   bigint NOT NULL,
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status         text NOT NULL CHECK (status IN ('pending', 'approved', 'paid', 'held', 'rejected', 'reversed')),
    earned_at      timestamptz NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (source_kind, source_id, affiliate_id, rule)
);
CREATE INDEX commission_affiliate ON commission (affiliate_id, id);
CREATE INDEX commission_conversion ON commission (conversion_id) WHERE conversion_id IS NOT NULL;
CREATE INDEX commission_affiliate_earned ON commission (affiliate_id, earned_at);
