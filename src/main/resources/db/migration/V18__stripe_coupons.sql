-- Discount codes at Stripe: what it holds of each, and what is still to do.

CREATE TABLE stripe_coupon (
    code_id            uuid PRIMARY KEY REFERENCES discount_code,
    state              text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'synced', 'local', 'refused')),
    -- Stripe's objects, and marks of what they were made from
    coupon_id          text CHECK (length(coupon_id) <= 200),
    coupon_mark        text,
    promotion_code_id  text CHECK (length(promotion_code_id) <= 200),
    promotion_mark     text,
    active             boolean NOT NULL DEFAULT false,
    -- part of idempotency keys: grows when one is spent
    era                integer NOT NULL DEFAULT 0,
    -- a promotion code may be there that is not named here
    doubtful           boolean NOT NULL DEFAULT false,
    -- the code's version that was last brought to Stripe
    synced_version     bigint,
    synced_at          timestamptz,
    last_error         text CHECK (length(last_error) <= 300),
    failures           integer NOT NULL DEFAULT 0,
    -- null = nothing to do
    next_attempt_at    timestamptz DEFAULT now(),
    -- how often a look at it was asked for: what is asked during a turn is not lost
    asked              bigint NOT NULL DEFAULT 1,
    -- whoever has the latest turn may write, until the lease ends
    turn               bigint NOT NULL DEFAULT 0,
    leased_until       timestamptz,
    updated_at         timestamptz NOT NULL DEFAULT now(),
    CHECK ((coupon_id IS NULL) = (coupon_mark IS NULL)),
    CHECK ((promotion_code_id IS NULL) = (promotion_mark IS NULL)),
    CHECK (promotion_code_id IS NOT NULL OR NOT active)
);
CREATE INDEX stripe_coupon_due ON stripe_coupon (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX stripe_coupon_state ON stripe_coupon (state, code_id);

-- Checkout Sessions: one a redemption, whatever is asked again.
CREATE TABLE stripe_checkout (
    redemption_id      uuid PRIMARY KEY,
    -- chosen once, so that the same request stays the same; null = a coupon of its own
    promotion_code_id  text CHECK (length(promotion_code_id) <= 200),
    era                integer NOT NULL DEFAULT 0,
    session_id         text UNIQUE CHECK (length(session_id) <= 200),
    url                text,
    expires_at         timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    CHECK ((session_id IS NULL) = (url IS NULL)),
    CHECK ((session_id IS NULL) = (expires_at IS NULL))
);
CREATE INDEX stripe_checkout_created ON stripe_checkout (created_at);
