-- How affiliates of a program rank, and contests with prizes.

-- Whether a program has a leaderboard says program.leaderboard. Where no row is, the defaults of the code hold.
CREATE TABLE leaderboard_setting (
    program_id      uuid PRIMARY KEY REFERENCES program,
    -- whether those who wish are shown by their display name, or nobody is
    names           text NOT NULL CHECK (names IN ('initials', 'opt_in')),
    -- clicks without which a conversion rate says nothing
    minimum_clicks  integer NOT NULL CHECK (minimum_clicks BETWEEN 1 AND 1000000),
    updated_at      timestamptz NOT NULL
);

-- What an affiliate wishes in one program; elsewhere affiliate.leaderboard_opt_in says it.
CREATE TABLE leaderboard_name (
    enrollment_id  uuid PRIMARY KEY REFERENCES enrollment,
    program_id     uuid NOT NULL REFERENCES program,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    shown          boolean NOT NULL,
    updated_at     timestamptz NOT NULL
);
CREATE INDEX leaderboard_name_affiliate ON leaderboard_name (affiliate_id, enrollment_id);

-- One ranking as it was computed last, with its first hundred as they are shown.
CREATE TABLE leaderboard (
    program_id      uuid NOT NULL REFERENCES program,
    period          text NOT NULL CHECK (period IN ('month', 'last_month', 'all')),
    metric          text NOT NULL CHECK (metric IN ('referrals', 'earnings', 'conversion_rate')),
    -- goes up with each change of the places or of the names among them
    generation      bigint NOT NULL,
    -- whole days of the program's time zone; null = from the beginning
    from_day        date,
    to_day          date NOT NULL,
    time_zone       text NOT NULL,
    currency        text NOT NULL,
    minimum_clicks  integer NOT NULL,
    ranked          integer NOT NULL CHECK (ranked >= 0),
    top             jsonb NOT NULL CHECK (jsonb_typeof(top) = 'array' AND jsonb_array_length(top) <= 100),
    as_of           timestamptz NOT NULL,
    PRIMARY KEY (program_id, period, metric)
);

-- Everybody's place. Without foreign keys and further indexes, so that the many places that shift when one affiliate
-- overtakes others are HOT updates of narrow rows.
CREATE TABLE leaderboard_place (
    program_id    uuid NOT NULL,
    period        text NOT NULL,
    metric        text NOT NULL,
    affiliate_id  uuid NOT NULL,
    rank          integer NOT NULL CHECK (rank >= 1),
    -- a count, minor units of the program's currency, or basis points
    value         bigint NOT NULL CHECK (value > 0),
    -- of those who are next above; null = nobody is
    next_rank     integer,
    next_value    bigint,
    PRIMARY KEY (program_id, period, metric, affiliate_id)
) WITH (fillfactor = 70);
-- Who is first, and who is last: whoever has no place is told how far it is to that.
CREATE INDEX leaderboard_place_rank ON leaderboard_place (program_id, period, metric, rank, affiliate_id);

-- Rows of a span of time: they arrive nearly in its order, so that a block range index costs next to nothing.
CREATE INDEX commission_earned ON commission USING brin (earned_at);

CREATE TABLE contest (
    id              uuid PRIMARY KEY,
    program_id      uuid NOT NULL REFERENCES program,
    name            text NOT NULL,
    description     text NOT NULL DEFAULT '',
    metric          text NOT NULL CHECK (metric IN ('referrals', 'sales', 'revenue', 'earnings', 'conversion_rate')),
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL CHECK (ends_at > starts_at),
    -- how long refunds and late data still count after the end
    grace_hours     integer NOT NULL CHECK (grace_hours BETWEEN 0 AND 720),
    -- clicks without which a conversion rate says nothing
    minimum_clicks  integer NOT NULL CHECK (minimum_clicks BETWEEN 1 AND 1000000),
    tie_rule        text NOT NULL CHECK (tie_rule IN ('shared', 'first_reached', 'none')),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- of the first place, the second and so on
    prizes          jsonb NOT NULL CHECK (jsonb_typeof(prizes) = 'array' AND jsonb_array_length(prizes) BETWEEN 1 AND 100),
    banner          jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(banner) = 'object'),
    canceled_at     timestamptz,
    settled_at      timestamptz,
    -- when its standings were computed last, and of how many
    as_of           timestamptz,
    ranked          integer NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CHECK (canceled_at IS NULL OR settled_at IS NULL)
);
CREATE INDEX contest_program ON contest (program_id, id);
CREATE INDEX contest_open ON contest (starts_at) WHERE settled_at IS NULL AND canceled_at IS NULL;

CREATE TABLE contest_standing (
    contest_id     uuid NOT NULL REFERENCES contest ON DELETE CASCADE,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    enrollment_id  uuid NOT NULL,
    rank           integer NOT NULL CHECK (rank >= 1),
    value          bigint NOT NULL CHECK (value > 0),
    -- when the last of what counts happened
    reached_at     timestamptz NOT NULL,
    next_rank      integer,
    next_value     bigint,
    PRIMARY KEY (contest_id, affiliate_id)
) WITH (fillfactor = 70);

-- Who won what: written once, with the commission of each prize that is money.
CREATE TABLE contest_winner (
    id             uuid PRIMARY KEY,
    contest_id     uuid NOT NULL REFERENCES contest,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    rank           integer NOT NULL CHECK (rank >= 1),
    value          bigint NOT NULL CHECK (value > 0),
    -- 0 = the prize is something else than money
    prize_minor    bigint NOT NULL CHECK (prize_minor >= 0),
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    prize          text NOT NULL,
    decided_at     timestamptz NOT NULL,
    UNIQUE (contest_id, enrollment_id)
);
CREATE INDEX contest_winner_affiliate ON contest_winner (affiliate_id, id);
