-- Who is credited with a conversion, and why.

-- Whether an affiliate earns nothing in a program, whatever points to it; resting (paused) does not take away what was earned.
CREATE FUNCTION earns_nothing(enrollment_status text, affiliate_status text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    enrollment_status IN ('suspended', 'banned', 'closed') OR affiliate_status IN ('suspended', 'banned', 'closed');

-- The clicks of one visitor that may earn. Within a day's partition, newest last; nothing of bots and of visitors without an id.
CREATE INDEX click_visitor ON click (visitor_id, id)
    WHERE visitor_id IS NOT NULL AND credited AND traffic = 'human';

-- A click as attribution looks at it, for one place of a batch.
CREATE TYPE click_seen AS (
    place integer, id uuid, enrollment_id uuid, affiliate_id uuid, link_id uuid, src text, human boolean, credited boolean,
    barred boolean, visitor_id uuid);

-- Each day of clicks is a partition of its own, and a plan that is made anew for every call looks at all of them: 1 ms for one
-- day, 5 ms for thirty, where the search takes a tenth of one (measured). Hence functions, whose plans are made once a
-- connection, and two plain arguments for the first and last id that a call can be about: all other days stay closed.

-- The clicks that events name, whatever they are.
CREATE FUNCTION click_named(places integer[], programs uuid[], clicks uuid[], first_id uuid, last_id uuid)
    RETURNS SETOF click_seen LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT w.place, c.id, e.id, c.affiliate_id, c.link_id, c.src, c.traffic = 'human', c.credited,
           earns_nothing(e.status, a.status), c.visitor_id
      FROM unnest(places, programs, clicks) AS w (place, program_id, click_id)
     CROSS JOIN LATERAL (
           SELECT k.id, k.program_id, k.affiliate_id, k.link_id, k.src, k.traffic, k.credited, k.visitor_id FROM click k
            WHERE k.id = w.click_id AND k.id >= first_id AND k.id <= last_id AND k.program_id = w.program_id LIMIT 1) c
      JOIN enrollment e ON e.program_id = c.program_id AND e.affiliate_id = c.affiliate_id
      JOIN affiliate a ON a.id = c.affiliate_id;
END $$;

-- The newest clicks of visitors that may earn, at most so many of each.
CREATE FUNCTION click_of_visitors(places integer[], programs uuid[], visitors uuid[], oldest uuid[], newest uuid[],
                                  first_id uuid, end_id uuid, at_most integer)
    RETURNS SETOF click_seen LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT w.place, c.id, e.id, c.affiliate_id, c.link_id, c.src, true, true, earns_nothing(e.status, a.status), w.visitor_id
      FROM unnest(places, programs, visitors, oldest, newest) AS w (place, program_id, visitor_id, oldest, newest)
     CROSS JOIN LATERAL (
           SELECT k.id, k.program_id, k.affiliate_id, k.link_id, k.src FROM click k
            WHERE k.visitor_id = w.visitor_id AND k.program_id = w.program_id AND k.credited AND k.traffic = 'human'
              AND k.id >= w.oldest AND k.id < w.newest AND k.id >= first_id AND k.id < end_id
            ORDER BY k.id DESC LIMIT at_most) c
      JOIN enrollment e ON e.program_id = c.program_id AND e.affiliate_id = c.affiliate_id
      JOIN affiliate a ON a.id = c.affiliate_id
     ORDER BY w.place, c.id;
END $$;

-- One for each time that a conversion was decided; never edited.
CREATE TABLE attribution_decision (
    conversion_id  uuid NOT NULL REFERENCES conversion,
    number         integer NOT NULL CHECK (number >= 1),
    basis          text NOT NULL CHECK (basis IN ('named', 'promo_code', 'click', 'customer', 'visitor', 'none')),
    -- why nobody is credited
    reason         text CHECK ((reason IS NULL) = (basis <> 'none')),
    model          text NOT NULL,
    version        integer NOT NULL,
    window_days    integer NOT NULL,
    -- the event named a click that was not there at that moment
    click_missing  boolean NOT NULL,
    -- the clicks that were looked at, at most a hundred, as they stood then: clicks themselves are forgotten by the day
    candidates     jsonb NOT NULL CHECK (jsonb_typeof(candidates) = 'array'),
    decided_at     timestamptz NOT NULL,
    PRIMARY KEY (conversion_id, number)
);

-- Each affiliate's part; the parts of one decision sum to 10,000 (checked where they are written, all at once).
CREATE TABLE attribution (
    conversion_id  uuid NOT NULL,
    decision       integer NOT NULL,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    -- no foreign keys to clicks: they are forgotten by the day
    click_id       uuid,
    link_id        uuid REFERENCES link,
    src            text NOT NULL,
    weight_bps     integer NOT NULL CHECK (weight_bps BETWEEN 1 AND 10000),
    basis          text NOT NULL,
    PRIMARY KEY (conversion_id, decision, enrollment_id),
    FOREIGN KEY (conversion_id, decision) REFERENCES attribution_decision (conversion_id, number)
);

-- What every model would have given, only where clicks of several affiliates decided: everywhere else all models agree.
CREATE TABLE attribution_alternative (
    conversion_id  uuid NOT NULL,
    decision       integer NOT NULL,
    model          text NOT NULL,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    weight_bps     integer NOT NULL CHECK (weight_bps BETWEEN 1 AND 10000),
    PRIMARY KEY (conversion_id, decision, model, affiliate_id),
    FOREIGN KEY (conversion_id, decision) REFERENCES attribution_decision (conversion_id, number)
);

-- Reports by time: conversions arrive nearly in the order in which they happened.
CREATE INDEX conversion_occurred ON conversion USING brin (occurred_at);

-- How far an affiliate is to be mistrusted, as last looked at. Who is not here was never looked at, which is neither low nor zero.
CREATE TABLE fraud_score (
    affiliate_id  uuid PRIMARY KEY REFERENCES affiliate,
    score         integer NOT NULL CHECK (score BETWEEN 0 AND 100),
    reasons       text[] NOT NULL CHECK (cardinality(reasons) <= 20),
    scored_at     timestamptz NOT NULL
);
