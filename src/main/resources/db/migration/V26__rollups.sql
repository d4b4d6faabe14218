-- Figures of programs, affiliates and links, added up once and not anew for each that looks at them.

-- What each aggregate counts for at this moment, by its finest keys: no row where it counts for nothing. '' and the zero id
-- are none. Country and device are those of the click that decided; null where its day has been forgotten meanwhile.
CREATE VIEW rollup_source AS
SELECT 'conversion' AS kind, v.id, v.program_id, coalesce(v.affiliate_id,
       '00000000-0000-0000-0000-000000000000') AS affiliate_id,
       coalesce(v.link_id, '00000000-0000-0000-0000-000000000000') AS link_id, v.src,
       CASE WHEN a.click_id IS NULL THEN '' ELSE c.country END AS country,
       CASE WHEN a.click_id IS NULL THEN '' ELSE c.device END AS device,
       coalesce(d.code, '') AS code, v.occurred_at AS at, (v.occurred_at AT TIME ZONE p.time_zone)::date AS day,
       (v.kind = 'lead')::int::bigint AS leads, (v.kind = 'sale')::int::bigint AS sales,
       (v.kind = 'sale' AND v.customer_external_id IS NOT NULL AND EXISTS (
           SELECT FROM conversion e
            WHERE e.program_id = v.program_id AND e.customer_external_id = v.customer_external_id AND e.kind = 'sale'
              AND e.status IN ('accepted', 'refunded') AND (e.occurred_at, e.id) < (v.occurred_at, v.id)))::int::bigint
           AS repeat_sales,
       CASE WHEN v.kind = 'sale' AND v.currency = p.currency THEN v.amount_minor ELSE 0 END AS revenue_minor,
       0::bigint AS refunds, 0::bigint AS refunded_minor, 0::bigint AS churns, 0::bigint AS commission_minor,
       0::bigint AS commissions, 0::bigint AS reversed_minor, 0::bigint AS paid_minor
  FROM conversion v
  JOIN program p ON p.id = v.program_id
  LEFT JOIN attribution a ON a.conversion_id = v.id AND a.decision = v.decision AND a.enrollment_id = v.enrollment_id
  LEFT JOIN click c ON c.id = a.click_id
  LEFT JOIN discount_code d ON d.code_key = upper(normalize(v.promo_code, NFKC)) AND d.program_id = v.program_id
 WHERE v.status IN ('accepted', 'refunded')
UNION ALL
SELECT 'refund', r.id, v.program_id, coalesce(v.affiliate_id, '00000000-0000-0000-0000-000000000000'),
       coalesce(v.link_id, '00000000-0000-0000-0000-000000000000'), v.src,
       CASE WHEN a.click_id IS NULL THEN '' ELSE c.country END, CASE WHEN a.click_id IS NULL THEN '' ELSE c.device END,
       coalesce(d.code, ''), r.occurred_at, (r.occurred_at AT TIME ZONE p.time_zone)::date,
       0, 0, 0, 0, CASE r.kind WHEN 'dispute_won' THEN -1 ELSE 1 END,
       CASE WHEN v.currency <> p.currency THEN 0 WHEN r.kind = 'dispute_won' THEN -r.amount_minor ELSE r.amount_minor END,
       0, 0, 0, 0, 0
  FROM refund r
  JOIN conversion v ON v.id = r.conversion_id
  JOIN program p ON p.id = v.program_id
  LEFT JOIN attribution a ON a.conversion_id = v.id AND a.decision = v.decision AND a.enrollment_id = v.enrollment_id
  LEFT JOIN click c ON c.id = a.click_id
  LEFT JOIN discount_code d ON d.code_key = upper(normalize(v.promo_code, NFKC)) AND d.program_id = v.program_id
 WHERE v.status IN ('accepted', 'refunded')
UNION ALL
SELECT 'referral', f.id, f.program_id, f.affiliate_id,
       coalesce(c.link_id, '00000000-0000-0000-0000-000000000000'), f.src,
       CASE WHEN f.click_id IS NULL THEN '' ELSE c.country END, CASE WHEN f.click_id IS NULL THEN '' ELSE c.device END,
       '', f.churned_at, (f.churned_at AT TIME ZONE p.time_zone)::date,
       0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
  FROM referral f
  JOIN program p ON p.id = f.program_id
  LEFT JOIN click c ON c.id = f.click_id AND c.affiliate_id = f.affiliate_id
 WHERE f.churned_at IS NOT NULL
UNION ALL
SELECT 'commission', m.id, m.program_id, m.affiliate_id,
       coalesce(a.link_id, '00000000-0000-0000-0000-000000000000'), coalesce(a.src, ''),
       CASE WHEN a.click_id IS NULL THEN '' ELSE c.country END, CASE WHEN a.click_id IS NULL THEN '' ELSE c.device END,
       coalesce(d.code, ''), m.earned_at, (m.earned_at AT TIME ZONE p.time_zone)::date,
       0, 0, 0, 0, 0, 0, 0,
       CASE WHEN m.currency = p.currency AND m.status <> 'reversed' THEN m.amount_minor ELSE 0 END,
       (m.status <> 'reversed')::int, CASE WHEN m.currency = p.currency THEN m.reversed_minor ELSE 0 END, 0
  FROM commission m
  JOIN program p ON p.id = m.program_id
  LEFT JOIN attribution a
    ON a.conversion_id = m.conversion_id AND a.decision = m.decision AND a.enrollment_id = m.enrollment_id
  LEFT JOIN click c ON c.id = a.click_id
  LEFT JOIN conversion v ON v.id = m.conversion_id AND m.level = 0
  LEFT JOIN discount_code d ON d.code_key = upper(normalize(v.promo_code, NFKC)) AND d.program_id = v.program_id
 WHERE m.status <> 'rejected'
UNION ALL
SELECT 'payout', o.id, o.program_id, o.affiliate_id, '00000000-0000-0000-0000-000000000000', '', '', '', '',
       o.paid_at, (o.paid_at AT TIME ZONE p.time_zone)::date,
       0, 0, 0, 0, 0, 0, 0, 0, 0, 0, greatest(o.gross_minor - o.returned_minor, 0)
  FROM payout o
  JOIN program p ON p.id = o.program_id
 WHERE o.state = 'paid' AND o.currency = p.currency;

-- Clicks that landed later than five minutes after their hour, and how many of these are in the rollups already. The others
-- are folded all at once, and need no mark: a landing that began in time ends within the lander's statement timeout, before
-- its hour is folded.
ALTER TABLE click_hourly
    ADD COLUMN late_clicks          integer NOT NULL DEFAULT 0,
    ADD COLUMN late_uniques         integer NOT NULL DEFAULT 0,
    ADD COLUMN folded_late_clicks   integer NOT NULL DEFAULT 0,
    ADD COLUMN folded_late_uniques  integer NOT NULL DEFAULT 0;

-- By the clock of the database, which is everybody's.
CREATE FUNCTION rollup_is_late(hour timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE RETURN
    hour + interval '65 minutes' <= now();

-- The hours in which clicks landed that are in no rollup. Whoever lands marks under a lock that it shares, until it
-- commits, with all who land; whoever takes marks away holds that lock alone. So a mark that is there already is never taken
-- between "it is there" and the commit of the clicks that it stands for.
CREATE TABLE rollup_due (
    program_id  uuid NOT NULL,
    hour        timestamptz NOT NULL,
    PRIMARY KEY (program_id, hour)
);
-- Those that are being folded.
CREATE TABLE rollup_taken (
    program_id  uuid NOT NULL,
    hour        timestamptz NOT NULL,
    PRIMARY KEY (program_id, hour)
);
-- The hours whose clicks that came in time are in the rollups.
CREATE TABLE rollup_hour (
    program_id  uuid NOT NULL,
    hour        timestamptz NOT NULL,
    PRIMARY KEY (program_id, hour)
);
-- What the outbox told of: to be looked at again.
CREATE TABLE rollup_fact_due (
    id         uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('conversion', 'refund', 'referral', 'commission', 'payout')),
    marked_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, kind)
);
CREATE INDEX rollup_fact_due_marked ON rollup_fact_due (marked_at);

-- What each aggregate is counted for in the rollups: one row each, by its finest keys. Folding adds the difference
-- between this and what it should count for, so any event may come any number of times in any order.
CREATE TABLE rollup_fact (
    kind              text NOT NULL,
    id                uuid NOT NULL,
    program_id        uuid NOT NULL,
    affiliate_id      uuid NOT NULL,
    link_id           uuid NOT NULL,
    src               text NOT NULL,
    country           text NOT NULL,
    device            text NOT NULL,
    code              text NOT NULL,
    at                timestamptz NOT NULL,
    day               date NOT NULL,
    leads             bigint NOT NULL,
    sales             bigint NOT NULL,
    repeat_sales      bigint NOT NULL,
    revenue_minor     bigint NOT NULL,
    refunds           bigint NOT NULL,
    refunded_minor    bigint NOT NULL,
    churns            bigint NOT NULL,
    commission_minor  bigint NOT NULL,
    commissions       bigint NOT NULL,
    reversed_minor    bigint NOT NULL,
    paid_minor        bigint NOT NULL,
    PRIMARY KEY (id, kind)
);
CREATE INDEX rollup_fact_affiliate ON rollup_fact (affiliate_id, program_id, day);
CREATE INDEX rollup_fact_program ON rollup_fact (program_id, day);

-- A program by its days; and each of them by source, country, device or code. cut '' is the whole.
CREATE TABLE rollup_program_daily (
    program_id        uuid NOT NULL,
    cut               text NOT NULL CHECK (cut IN ('', 'source', 'country', 'device', 'code')),
    day               date NOT NULL,
    value             text NOT NULL,
    clicks            bigint NOT NULL DEFAULT 0,
    uniques           bigint NOT NULL DEFAULT 0,
    leads             bigint NOT NULL DEFAULT 0,
    sales             bigint NOT NULL DEFAULT 0,
    repeat_sales      bigint NOT NULL DEFAULT 0,
    revenue_minor     bigint NOT NULL DEFAULT 0,
    refunds           bigint NOT NULL DEFAULT 0,
    refunded_minor    bigint NOT NULL DEFAULT 0,
    churns            bigint NOT NULL DEFAULT 0,
    commission_minor  bigint NOT NULL DEFAULT 0,
    commissions       bigint NOT NULL DEFAULT 0,
    reversed_minor    bigint NOT NULL DEFAULT 0,
    paid_minor        bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (program_id, cut, day, value)
) WITH (fillfactor = 80);

-- The clicks of a program by the hour; facts are few enough to be counted.
CREATE TABLE rollup_program_hourly (
    program_id  uuid NOT NULL,
    hour        timestamptz NOT NULL,
    clicks      bigint NOT NULL,
    uniques     bigint NOT NULL,
    PRIMARY KEY (program_id, hour)
) WITH (fillfactor = 80);

-- Affiliates and their links by the day. Counts are integers and come before the money, which makes a row a quarter smaller:
-- there are tens of millions.
CREATE TABLE rollup_daily (
    program_id        uuid NOT NULL,
    day               date NOT NULL,
    affiliate_id      uuid NOT NULL,
    link_id           uuid NOT NULL,
    clicks            integer NOT NULL DEFAULT 0,
    uniques           integer NOT NULL DEFAULT 0,
    leads             integer NOT NULL DEFAULT 0,
    sales             integer NOT NULL DEFAULT 0,
    repeat_sales      integer NOT NULL DEFAULT 0,
    refunds           integer NOT NULL DEFAULT 0,
    churns            integer NOT NULL DEFAULT 0,
    commissions       integer NOT NULL DEFAULT 0,
    revenue_minor     bigint NOT NULL DEFAULT 0,
    refunded_minor    bigint NOT NULL DEFAULT 0,
    commission_minor  bigint NOT NULL DEFAULT 0,
    reversed_minor    bigint NOT NULL DEFAULT 0,
    paid_minor        bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (program_id, day, affiliate_id, link_id)
) WITH (fillfactor = 80);
CREATE INDEX rollup_daily_affiliate ON rollup_daily (affiliate_id, program_id, day);

-- The same of months that are closed: added up when they are, and kept right afterwards by whatever still comes.
CREATE TABLE rollup_monthly (
    program_id        uuid NOT NULL,
    month             date NOT NULL,
    affiliate_id      uuid NOT NULL,
    link_id           uuid NOT NULL,
    clicks            integer NOT NULL DEFAULT 0,
    uniques           integer NOT NULL DEFAULT 0,
    leads             integer NOT NULL DEFAULT 0,
    sales             integer NOT NULL DEFAULT 0,
    repeat_sales      integer NOT NULL DEFAULT 0,
    refunds           integer NOT NULL DEFAULT 0,
    churns            integer NOT NULL DEFAULT 0,
    commissions       integer NOT NULL DEFAULT 0,
    revenue_minor     bigint NOT NULL DEFAULT 0,
    refunded_minor    bigint NOT NULL DEFAULT 0,
    commission_minor  bigint NOT NULL DEFAULT 0,
    reversed_minor    bigint NOT NULL DEFAULT 0,
    paid_minor        bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (program_id, month, affiliate_id, link_id)
);
CREATE INDEX rollup_monthly_affiliate ON rollup_monthly (affiliate_id, program_id, month);

-- An affiliate's sources, countries, devices and codes in closed months.
CREATE TABLE rollup_share_monthly (
    program_id        uuid NOT NULL,
    affiliate_id      uuid NOT NULL,
    month             date NOT NULL,
    cut               text NOT NULL,
    value             text NOT NULL,
    clicks            integer NOT NULL DEFAULT 0,
    uniques           integer NOT NULL DEFAULT 0,
    leads             integer NOT NULL DEFAULT 0,
    sales             integer NOT NULL DEFAULT 0,
    repeat_sales      integer NOT NULL DEFAULT 0,
    refunds           integer NOT NULL DEFAULT 0,
    churns            integer NOT NULL DEFAULT 0,
    commissions       integer NOT NULL DEFAULT 0,
    revenue_minor     bigint NOT NULL DEFAULT 0,
    refunded_minor    bigint NOT NULL DEFAULT 0,
    commission_minor  bigint NOT NULL DEFAULT 0,
    reversed_minor    bigint NOT NULL DEFAULT 0,
    paid_minor        bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (affiliate_id, program_id, cut, month, value)
);

-- How far a program is closed: every month before closed_to is, and in that month itself the affiliates up to one.
CREATE TABLE rollup_program (
    program_id  uuid PRIMARY KEY,
    -- by which its days were made
    time_zone   text NOT NULL,
    closed_to   date NOT NULL CHECK (closed_to = date_trunc('month', closed_to)),
    -- null = none
    closing     uuid
);

-- Days that are asked for together again and again, such as the last thirty, added up to the last day that is over. Only
-- what can be made anew, so it is not logged: after a crash both are empty, and figures come from months and days.
CREATE UNLOGGED TABLE rollup_window (
    program_id  uuid NOT NULL,
    since       date NOT NULL,
    until       date NOT NULL,
    PRIMARY KEY (program_id, since)
);
-- Which of them somebody asked for lately: the others are not added up.
CREATE TABLE rollup_asked (
    program_id  uuid NOT NULL,
    span        text NOT NULL,
    asked_at    timestamptz NOT NULL,
    PRIMARY KEY (program_id, span)
);
CREATE UNLOGGED TABLE rollup_trailing (
    program_id        uuid NOT NULL,
    since             date NOT NULL,
    affiliate_id      uuid NOT NULL,
    link_id           uuid NOT NULL,
    clicks            integer NOT NULL DEFAULT 0,
    uniques           integer NOT NULL DEFAULT 0,
    leads             integer NOT NULL DEFAULT 0,
    sales             integer NOT NULL DEFAULT 0,
    repeat_sales      integer NOT NULL DEFAULT 0,
    refunds           integer NOT NULL DEFAULT 0,
    churns            integer NOT NULL DEFAULT 0,
    commissions       integer NOT NULL DEFAULT 0,
    revenue_minor     bigint NOT NULL DEFAULT 0,
    refunded_minor    bigint NOT NULL DEFAULT 0,
    commission_minor  bigint NOT NULL DEFAULT 0,
    reversed_minor    bigint NOT NULL DEFAULT 0,
    paid_minor        bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (program_id, since, affiliate_id, link_id)
);

CREATE TYPE rollup_delta AS (
    program_id uuid, affiliate_id uuid, link_id uuid, src text, country text, device text, code text, day date,
    clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint, revenue_minor bigint,
    refunds bigint, refunded_minor bigint, churns bigint, commission_minor bigint, commissions bigint,
    reversed_minor bigint, paid_minor bigint);

-- Adds differences to everything that counts them: days, and the months and windows that are added up already.
CREATE FUNCTION rollup_apply(deltas rollup_delta[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rollup_program_daily AS t (program_id, cut, day, value, clicks, uniques, leads, sales, repeat_sales,
        revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT g.program_id, c.cut, g.day, c.value, sum(g.clicks), sum(g.uniques), sum(g.leads), sum(g.sales),
           sum(g.repeat_sales), sum(g.revenue_minor),
           sum(g.refunds), sum(g.refunded_minor), sum(g.churns), sum(g.commission_minor), sum(g.commissions),
           sum(g.reversed_minor), sum(g.paid_minor)
      FROM (SELECT d.program_id, d.day, d.src, d.country, d.device, d.code,
                   sum(d.clicks)::bigint AS clicks, sum(d.uniques)::bigint AS uniques, sum(d.leads)::bigint AS leads,
                   sum(d.sales)::bigint AS sales, sum(d.repeat_sales)::bigint AS repeat_sales,
                   sum(d.revenue_minor)::bigint AS revenue_minor, sum(d.refunds)::bigint AS refunds,
                   sum(d.refunded_minor)::bigint AS refunded_minor, sum(d.churns)::bigint AS churns,
                   sum(d.commission_minor)::bigint AS commission_minor, sum(d.commissions)::bigint AS commissions,
                   sum(d.reversed_minor)::bigint AS reversed_minor, sum(d.paid_minor)::bigint AS paid_minor
              FROM unnest(deltas) d GROUP BY 1, 2, 3, 4, 5, 6) g
     CROSS JOIN LATERAL (VALUES ('', ''), ('source', g.src), ('country', g.country), ('device', g.device),
                                ('code', g.code)) AS c (cut, value)
     GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (program_id, cut, day, value) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques,
               leads = t.leads + excluded.leads, sales = t.sales + excluded.sales,
               repeat_sales = t.repeat_sales + excluded.repeat_sales,
               revenue_minor = t.revenue_minor + excluded.revenue_minor, refunds = t.refunds + excluded.refunds,
               refunded_minor = t.refunded_minor + excluded.refunded_minor, churns = t.churns + excluded.churns,
               commission_minor = t.commission_minor + excluded.commission_minor,
               commissions = t.commissions + excluded.commissions,
               reversed_minor = t.reversed_minor + excluded.reversed_minor,
               paid_minor = t.paid_minor + excluded.paid_minor;

    INSERT INTO rollup_daily AS t (program_id, day, affiliate_id, link_id, clicks, uniques, leads, sales, repeat_sales,
        revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT d.program_id, d.day, d.affiliate_id, d.link_id, sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales),
           sum(d.repeat_sales), sum(d.revenue_minor),
           sum(d.refunds), sum(d.refunded_minor), sum(d.churns), sum(d.commission_minor), sum(d.commissions),
           sum(d.reversed_minor), sum(d.paid_minor)
      FROM unnest(deltas) d
     GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (program_id, day, affiliate_id, link_id) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques,
               leads = t.leads + excluded.leads, sales = t.sales + excluded.sales,
               repeat_sales = t.repeat_sales + excluded.repeat_sales,
               revenue_minor = t.revenue_minor + excluded.revenue_minor, refunds = t.refunds + excluded.refunds,
               refunded_minor = t.refunded_minor + excluded.refunded_minor, churns = t.churns + excluded.churns,
               commission_minor = t.commission_minor + excluded.commission_minor,
               commissions = t.commissions + excluded.commissions,
               reversed_minor = t.reversed_minor + excluded.reversed_minor,
               paid_minor = t.paid_minor + excluded.paid_minor;

    INSERT INTO rollup_monthly AS t (program_id, month, affiliate_id, link_id, clicks, uniques, leads, sales,
        repeat_sales, revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT d.program_id, date_trunc('month', d.day)::date, d.affiliate_id, d.link_id,
           sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales), sum(d.repeat_sales), sum(d.revenue_minor),
           sum(d.refunds), sum(d.refunded_minor), sum(d.churns), sum(d.commission_minor), sum(d.commissions),
           sum(d.reversed_minor), sum(d.paid_minor)
      FROM unnest(deltas) d JOIN rollup_program p ON p.program_id = d.program_id
     WHERE d.day < p.closed_to OR d.day < p.closed_to + interval '1 month' AND d.affiliate_id <= p.closing
     GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (program_id, month, affiliate_id, link_id) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques,
               leads = t.leads + excluded.leads, sales = t.sales + excluded.sales,
               repeat_sales = t.repeat_sales + excluded.repeat_sales,
               revenue_minor = t.revenue_minor + excluded.revenue_minor, refunds = t.refunds + excluded.refunds,
               refunded_minor = t.refunded_minor + excluded.refunded_minor, churns = t.churns + excluded.churns,
               commission_minor = t.commission_minor + excluded.commission_minor,
               commissions = t.commissions + excluded.commissions,
               reversed_minor = t.reversed_minor + excluded.reversed_minor,
               paid_minor = t.paid_minor + excluded.paid_minor;

    INSERT INTO rollup_share_monthly AS t (program_id, affiliate_id, month, cut, value, clicks, uniques, leads, sales,
        repeat_sales, revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT d.program_id, d.affiliate_id, date_trunc('month', d.day)::date, c.cut, c.value,
           sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales), sum(d.repeat_sales), sum(d.revenue_minor),
           sum(d.refunds), sum(d.refunded_minor), sum(d.churns), sum(d.commission_minor), sum(d.commissions),
           sum(d.reversed_minor), sum(d.paid_minor)
      FROM unnest(deltas) d JOIN rollup_program p ON p.program_id = d.program_id
     CROSS JOIN LATERAL (VALUES ('source', d.src), ('country', d.country), ('device', d.device), ('code', d.code))
                     AS c (cut, value)
     WHERE d.day < p.closed_to OR d.day < p.closed_to + interval '1 month' AND d.affiliate_id <= p.closing
     GROUP BY 1, 2, 3, 4, 5
     ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (affiliate_id, program_id, cut, month, value) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques,
               leads = t.leads + excluded.leads, sales = t.sales + excluded.sales,
               repeat_sales = t.repeat_sales + excluded.repeat_sales,
               revenue_minor = t.revenue_minor + excluded.revenue_minor, refunds = t.refunds + excluded.refunds,
               refunded_minor = t.refunded_minor + excluded.refunded_minor, churns = t.churns + excluded.churns,
               commission_minor = t.commission_minor + excluded.commission_minor,
               commissions = t.commissions + excluded.commissions,
               reversed_minor = t.reversed_minor + excluded.reversed_minor,
               paid_minor = t.paid_minor + excluded.paid_minor;

    INSERT INTO rollup_trailing AS t (program_id, since, affiliate_id, link_id, clicks, uniques, leads, sales,
        repeat_sales, revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT d.program_id, w.since, d.affiliate_id, d.link_id, sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales),
           sum(d.repeat_sales), sum(d.revenue_minor),
           sum(d.refunds), sum(d.refunded_minor), sum(d.churns), sum(d.commission_minor), sum(d.commissions),
           sum(d.reversed_minor), sum(d.paid_minor)
      FROM unnest(deltas) d
      JOIN rollup_window w ON w.program_id = d.program_id AND w.since <= d.day AND w.until > d.day
     GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (program_id, since, affiliate_id, link_id) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques,
               leads = t.leads + excluded.leads, sales = t.sales + excluded.sales,
               repeat_sales = t.repeat_sales + excluded.repeat_sales,
               revenue_minor = t.revenue_minor + excluded.revenue_minor, refunds = t.refunds + excluded.refunds,
               refunded_minor = t.refunded_minor + excluded.refunded_minor, churns = t.churns + excluded.churns,
               commission_minor = t.commission_minor + excluded.commission_minor,
               commissions = t.commissions + excluded.commissions,
               reversed_minor = t.reversed_minor + excluded.reversed_minor,
               paid_minor = t.paid_minor + excluded.paid_minor;
END $$;

-- All folding is one after another; landing and reading go on beside it.
CREATE FUNCTION rollup_lock() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(7234027)
$$;

-- Takes the hours that are over since before a moment, at most so many; answers how many. Commit at once: landing waits.
CREATE FUNCTION rollup_take(before timestamptz, at_most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    taken bigint;
BEGIN
    PERFORM rollup_lock();
    PERFORM pg_advisory_xact_lock(7234026);
    WITH due AS (
        DELETE FROM rollup_due r
         USING (SELECT x.program_id, x.hour FROM rollup_due x
                 WHERE x.hour + interval '1 hour' <= before ORDER BY x.hour, x.program_id LIMIT at_most) o
         WHERE r.program_id = o.program_id AND r.hour = o.hour
        RETURNING r.program_id, r.hour)
    INSERT INTO rollup_taken (program_id, hour) SELECT due.program_id, due.hour FROM due ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS taken = ROW_COUNT;
    RETURN taken;
END $$;

-- Adds what came in time of an hour that is in no rollup; where nothing is added up of its day but the day, without a detour.
CREATE FUNCTION rollup_fold_hour(program uuid, hour_ timestamptz, day_ date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    folded bigint;
BEGIN
    INSERT INTO rollup_hour (program_id, hour) VALUES (program, hour_);
    INSERT INTO rollup_program_hourly AS t (program_id, hour, clicks, uniques)
    SELECT program, hour_, sum(h.clicks - h.late_clicks), sum(h.uniques - h.late_uniques)
      FROM click_hourly h WHERE h.hour = hour_ AND h.program_id = program HAVING count(*) > 0
    ON CONFLICT (program_id, hour) DO UPDATE SET clicks = t.clicks + excluded.clicks,
        uniques = t.uniques + excluded.uniques;
    IF EXISTS (SELECT FROM rollup_program p WHERE p.program_id = program AND day_ < p.closed_to + interval '1 month')
       OR EXISTS (SELECT FROM rollup_window w WHERE w.program_id = program AND w.since <= day_ AND w.until > day_) THEN
        PERFORM rollup_apply(array_agg(
            ROW(program, h.affiliate_id, h.link_id, h.src, h.country, h.device, '', day_, h.clicks - h.late_clicks,
                h.uniques - h.late_uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)::rollup_delta))
           FROM click_hourly h WHERE h.hour = hour_ AND h.program_id = program HAVING count(*) > 0;
        GET DIAGNOSTICS folded = ROW_COUNT;
        RETURN folded;
    END IF;
    INSERT INTO rollup_program_daily AS t (program_id, cut, day, value, clicks, uniques)
    SELECT program, c.cut, day_, c.value, sum(g.clicks), sum(g.uniques)
      FROM (SELECT h.src, h.country, h.device, sum(h.clicks - h.late_clicks) AS clicks,
                   sum(h.uniques - h.late_uniques) AS uniques
              FROM click_hourly h WHERE h.hour = hour_ AND h.program_id = program GROUP BY 1, 2, 3) g
     CROSS JOIN LATERAL (VALUES ('', ''), ('source', g.src), ('country', g.country), ('device', g.device),
                                ('code', '')) AS c (cut, value)
     GROUP BY 2, 4
     ORDER BY 2, 4
    ON CONFLICT (program_id, cut, day, value) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques;
    INSERT INTO rollup_daily AS t (program_id, day, affiliate_id, link_id, clicks, uniques)
    SELECT program, day_, h.affiliate_id, h.link_id, sum(h.clicks - h.late_clicks), sum(h.uniques - h.late_uniques)
      FROM click_hourly h WHERE h.hour = hour_ AND h.program_id = program
     GROUP BY 3, 4
     ORDER BY 3, 4
    ON CONFLICT (program_id, day, affiliate_id, link_id) DO UPDATE
           SET clicks = t.clicks + excluded.clicks, uniques = t.uniques + excluded.uniques;
    GET DIAGNOSTICS folded = ROW_COUNT;
    RETURN folded;
END $$;

-- Adds what came late to an hour. The rows are locked in the order in which they are landed.
CREATE FUNCTION rollup_fold_late(program uuid, hour_ timestamptz, day_ date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    deltas rollup_delta[];
BEGIN
    WITH open AS MATERIALIZED (
        SELECT h.link_id, h.src, h.country, h.device, h.folded_late_clicks AS clicks, h.folded_late_uniques AS uniques
          FROM click_hourly h
         WHERE h.hour = hour_ AND h.program_id = program
           AND (h.late_clicks <> h.folded_late_clicks OR h.late_uniques <> h.folded_late_uniques)
         ORDER BY h.link_id, h.src, h.country, h.device
           FOR NO KEY UPDATE),
    done AS (
        UPDATE click_hourly h SET folded_late_clicks = h.late_clicks, folded_late_uniques = h.late_uniques
          FROM open o
         WHERE h.hour = hour_ AND h.link_id = o.link_id AND h.src = o.src AND h.country = o.country
           AND h.device = o.device
        RETURNING h.affiliate_id, h.link_id, h.src, h.country, h.device, h.late_clicks - o.clicks AS clicks,
                  h.late_uniques - o.uniques AS uniques)
    SELECT array_agg(ROW(program, d.affiliate_id, d.link_id, d.src, d.country, d.device, '', day_, d.clicks, d.uniques,
                         0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)::rollup_delta)
      INTO deltas FROM done d;
    IF deltas IS NULL THEN RETURN 0; END IF;
    PERFORM rollup_apply(deltas);
    INSERT INTO rollup_program_hourly AS t (program_id, hour, clicks, uniques)
    SELECT program, hour_, sum(d.clicks), sum(d.uniques) FROM unnest(deltas) d
    ON CONFLICT (program_id, hour) DO UPDATE SET clicks = t.clicks + excluded.clicks,
        uniques = t.uniques + excluded.uniques;
    RETURN cardinality(deltas);
END $$;

-- Folds taken hours until so many rows are written; answers how many hours.
CREATE FUNCTION rollup_fold_clicks(enough integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    hours   integer := 0;
    folded  bigint := 0;
    mine    record;
BEGIN
    PERFORM rollup_lock();
    DELETE FROM rollup_taken t WHERE NOT EXISTS (SELECT FROM program p WHERE p.id = t.program_id);
    FOR mine IN SELECT t.program_id, t.hour, (t.hour AT TIME ZONE p.time_zone)::date AS day,
                       NOT EXISTS (SELECT FROM rollup_hour h WHERE h.program_id = t.program_id
                           AND h.hour = t.hour) AS first
                  FROM rollup_taken t JOIN program p ON p.id = t.program_id ORDER BY t.hour, t.program_id LOOP
        IF mine.first THEN
            folded := folded + rollup_fold_hour(mine.program_id, mine.hour, mine.day);
        END IF;
        folded := folded + rollup_fold_late(mine.program_id, mine.hour, mine.day);
        DELETE FROM rollup_taken t WHERE t.program_id = mine.program_id AND t.hour = mine.hour;
        hours := hours + 1;
        EXIT WHEN folded >= enough;
    END LOOP;
    RETURN hours;
END $$;

CREATE FUNCTION rollup_wanted(conversions uuid[], refunds_ uuid[], referrals uuid[], commissions_ uuid[], payouts uuid[])
    RETURNS SETOF rollup_source LANGUAGE sql STABLE AS $$
    SELECT * FROM rollup_source s WHERE s.kind = 'conversion' AND s.id = ANY (conversions)
    UNION ALL SELECT * FROM rollup_source s WHERE s.kind = 'refund' AND s.id = ANY (refunds_)
    UNION ALL SELECT * FROM rollup_source s WHERE s.kind = 'referral' AND s.id = ANY (referrals)
    UNION ALL SELECT * FROM rollup_source s WHERE s.kind = 'commission' AND s.id = ANY (commissions_)
    UNION ALL SELECT * FROM rollup_source s WHERE s.kind = 'payout' AND s.id = ANY (payouts)
$$;

-- Looks at what is due, the oldest first, at most so many; answers how many were. With a conversion come the sales of
-- its customer, one of which may be the first now, its refunds, and the customer, who may be somebody else's.
CREATE FUNCTION rollup_fold_facts(at_most integer) RETURNS integer
    LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    taken        integer;
    conversions  uuid[];
    refunds_     uuid[];
    referrals    uuid[];
    commissions_ uuid[];
    payouts      uuid[];
    wanted       rollup_fact[];
    had          rollup_fact[];
    gone         rollup_fact[];
    fresh        rollup_fact[];
    deltas       rollup_delta[];
BEGIN
    PERFORM rollup_lock();
    WITH due AS (
        DELETE FROM rollup_fact_due r
         USING (SELECT x.id, x.kind FROM rollup_fact_due x ORDER BY x.marked_at LIMIT at_most FOR UPDATE SKIP LOCKED) o
         WHERE r.id = o.id AND r.kind = o.kind
        RETURNING r.id, r.kind)
    SELECT count(*), coalesce(array_agg(id) FILTER (WHERE kind = 'conversion'), '{}'),
           coalesce(array_agg(id) FILTER (WHERE kind = 'refund'), '{}'),
           coalesce(array_agg(id) FILTER (WHERE kind = 'referral'), '{}'),
           coalesce(array_agg(id) FILTER (WHERE kind = 'commission'), '{}'),
           coalesce(array_agg(id) FILTER (WHERE kind = 'payout'), '{}')
      INTO taken, conversions, refunds_, referrals, commissions_, payouts FROM due;
    IF taken = 0 THEN RETURN 0; END IF;
    IF cardinality(conversions) > 0 THEN
        refunds_ := refunds_ || ARRAY(SELECT r.id FROM refund r WHERE r.conversion_id = ANY (conversions));
        referrals := referrals || ARRAY(
            SELECT f.id FROM conversion v
              JOIN referral f ON f.program_id = v.program_id AND f.customer_external_id = v.customer_external_id
             WHERE v.id = ANY (conversions));
        conversions := conversions || ARRAY(
            SELECT o.id FROM conversion v
              JOIN conversion o ON o.program_id = v.program_id AND o.customer_external_id = v.customer_external_id
             WHERE v.id = ANY (conversions) AND v.kind = 'sale' AND o.kind = 'sale'
               AND o.customer_external_id IS NOT NULL);
    END IF;
    had := ARRAY(
        SELECT f FROM rollup_fact f
          JOIN (SELECT DISTINCT k.id, k.kind
                  FROM (SELECT unnest(conversions) AS id, 'conversion' AS kind
                        UNION ALL SELECT unnest(refunds_), 'refund' UNION ALL SELECT unnest(referrals), 'referral'
                        UNION ALL SELECT unnest(commissions_), 'commission' UNION ALL SELECT unnest(payouts),
                            'payout') k) k
            ON k.id = f.id AND k.kind = f.kind);
    -- A click that has been forgotten since stays what it was when it was looked at first.
    wanted := ARRAY(
        SELECT ROW(s.kind, s.id, s.program_id, s.affiliate_id, s.link_id, s.src, coalesce(s.country, h.country, ''),
                   coalesce(s.device, h.device, ''), s.code, s.at, s.day,
                   s.leads, s.sales, s.repeat_sales, s.revenue_minor, s.refunds, s.refunded_minor, s.churns,
                   s.commission_minor, s.commissions, s.reversed_minor, s.paid_minor)::rollup_fact
          FROM rollup_wanted(conversions, refunds_, referrals, commissions_, payouts) s
          LEFT JOIN unnest(had) h ON h.id = s.id AND h.kind = s.kind);
    gone := ARRAY(SELECT h::rollup_fact FROM (SELECT * FROM unnest(had) EXCEPT SELECT * FROM unnest(wanted)) h);
    fresh := ARRAY(SELECT w::rollup_fact FROM (SELECT * FROM unnest(wanted) EXCEPT SELECT * FROM unnest(had)) w);
    DELETE FROM rollup_fact f USING unnest(gone) g WHERE f.id = g.id AND f.kind = g.kind;
    INSERT INTO rollup_fact SELECT * FROM unnest(fresh);
    deltas := ARRAY(
        SELECT ROW(f.program_id, f.affiliate_id, f.link_id, f.src, f.country, f.device, f.code, f.day, 0, 0,
                   f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds,
                   f.refunded_minor, f.churns, f.commission_minor, f.commissions, f.reversed_minor,
                       f.paid_minor)::rollup_delta
          FROM unnest(fresh) f
        UNION ALL
        SELECT ROW(g.program_id, g.affiliate_id, g.link_id, g.src, g.country, g.device, g.code, g.day, 0, 0,
                   -g.leads, -g.sales, -g.repeat_sales, -g.revenue_minor, -g.refunds,
                   -g.refunded_minor, -g.churns, -g.commission_minor, -g.commissions, -g.reversed_minor,
                       -g.paid_minor)::rollup_delta
          FROM unnest(gone) g);
    IF cardinality(deltas) > 0 THEN PERFORM rollup_apply(deltas); END IF;
    RETURN taken;
END $$;

-- How a range of days is put together: a window, or nothing; then whole months; then the days before and after.
CREATE TYPE rollup_reach AS (window_from date, month_from date, month_to date, rest_from date);

CREATE FUNCTION rollup_reach(program uuid, from_day_ date, to_day_ date, windows boolean) RETURNS rollup_reach
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    reach   rollup_reach;
    ended   date;
    closed  date;
BEGIN
    reach := ROW(NULL, from_day_, from_day_, from_day_);
    IF windows THEN
        SELECT w.until INTO ended FROM rollup_window w
         WHERE w.program_id = program AND w.since = from_day_ AND w.until <= to_day_;
        IF FOUND THEN
            reach.window_from := from_day_;
            reach.rest_from := ended;
            RETURN reach;
        END IF;
    END IF;
    SELECT r.closed_to INTO closed FROM rollup_program r WHERE r.program_id = program;
    -- least ignores nulls: nothing is closed of a program that was never folded
    closed := least(date_trunc('month', to_day_)::date, coalesce(closed, '-infinity'));
    IF (date_trunc('month', from_day_ - 1) + interval '1 month')::date < closed THEN
        reach.month_from := date_trunc('month', from_day_ - 1) + interval '1 month';
        reach.month_to := closed;
        reach.rest_from := closed;
    END IF;
    RETURN reach;
END $$;

-- What is folded, by the finest keys: what all that is added up must equal.
CREATE VIEW rollup_folded AS
SELECT program_id, affiliate_id, link_id, src, country, device, code, date_trunc('hour', at, 'UTC') AS hour, day,
       0::bigint AS clicks, 0::bigint AS uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor,
           churns, commission_minor, commissions,
       reversed_minor, paid_minor
  FROM rollup_fact
UNION ALL
SELECT h.program_id, h.affiliate_id, h.link_id, h.src, h.country, h.device, '', h.hour,
       (h.hour AT TIME ZONE p.time_zone)::date,
       CASE WHEN f.hour IS NULL THEN 0 ELSE h.clicks - h.late_clicks END + h.folded_late_clicks,
       CASE WHEN f.hour IS NULL THEN 0 ELSE h.uniques - h.late_uniques END + h.folded_late_uniques, 0, 0, 0, 0, 0, 0, 0,
           0, 0, 0, 0
  FROM click_hourly h
  JOIN program p ON p.id = h.program_id
  LEFT JOIN rollup_hour f ON f.program_id = h.program_id AND f.hour = h.hour;

-- Closes a part of the oldest month that is over and has no hour due: at most so many affiliates. Answers how many, or 0
-- where nothing is to close.
CREATE FUNCTION rollup_close(now_ timestamptz, at_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    mine        rollup_program;
    ends        date;
    first_day   date;
    affiliates  uuid[];
BEGIN
    PERFORM rollup_lock();
    INSERT INTO rollup_program (program_id, time_zone, closed_to)
    SELECT p.id, p.time_zone, '2000-01-01' FROM program p ON CONFLICT DO NOTHING;
    SELECT r.* INTO mine FROM rollup_program r
     WHERE r.closed_to + interval '1 month' <= (now_ AT TIME ZONE r.time_zone)::date
       AND NOT EXISTS (SELECT FROM rollup_due d WHERE d.program_id = r.program_id
                          AND (d.hour AT TIME ZONE r.time_zone)::date < r.closed_to + interval '1 month')
       AND NOT EXISTS (SELECT FROM rollup_taken d WHERE d.program_id = r.program_id
                          AND (d.hour AT TIME ZONE r.time_zone)::date < r.closed_to + interval '1 month')
     ORDER BY r.closed_to, r.program_id LIMIT 1;
    IF mine IS NULL THEN RETURN 0; END IF;
    ends := mine.closed_to + interval '1 month';
    IF mine.closing IS NULL THEN
        SELECT least(date_trunc('month', min(d.day)), date_trunc('month', now_ AT TIME ZONE mine.time_zone))::date
          INTO first_day FROM rollup_daily d WHERE d.program_id = mine.program_id AND d.day >= mine.closed_to;
        IF first_day > mine.closed_to THEN
            UPDATE rollup_program r SET closed_to = first_day WHERE r.program_id = mine.program_id;
            RETURN 1;
        END IF;
    END IF;
    affiliates := ARRAY(SELECT e.affiliate_id FROM enrollment e
                         WHERE e.program_id = mine.program_id AND (mine.closing IS NULL OR e.affiliate_id > mine.closing)
                         ORDER BY e.affiliate_id LIMIT at_most);
    UPDATE rollup_program r
       SET closed_to = CASE WHEN cardinality(affiliates) < at_most THEN ends ELSE r.closed_to END,
           closing = CASE WHEN cardinality(affiliates) < at_most THEN NULL ELSE affiliates[at_most] END
     WHERE r.program_id = mine.program_id;
    IF mine.closing IS NULL THEN affiliates := '00000000-0000-0000-0000-000000000000'::uuid || affiliates; END IF;
    PERFORM rollup_close_days(mine.program_id, mine.closed_to, ends, affiliates);
    PERFORM rollup_close_shares(mine.program_id, mine.time_zone, mine.closed_to, ends, affiliates);
    RETURN cardinality(affiliates);
END $$;

CREATE FUNCTION rollup_close_days(program uuid, month_ date, ends date, affiliates uuid[]) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rollup_monthly (program_id, month, affiliate_id, link_id, clicks, uniques, leads, sales, repeat_sales,
        revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT program, month_, d.affiliate_id, d.link_id, sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales),
           sum(d.repeat_sales), sum(d.revenue_minor),
           sum(d.refunds), sum(d.refunded_minor), sum(d.churns), sum(d.commission_minor), sum(d.commissions),
           sum(d.reversed_minor), sum(d.paid_minor)
      FROM rollup_daily d
     WHERE d.affiliate_id = ANY (affiliates) AND d.program_id = program AND d.day >= month_ AND d.day < ends
     GROUP BY d.affiliate_id, d.link_id;
END $$;

CREATE FUNCTION rollup_close_shares(program uuid, zone text, month_ date, ends date, affiliates uuid[]) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rollup_share_monthly (program_id, affiliate_id, month, cut, value, clicks, uniques, leads, sales,
        repeat_sales, revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT program, g.affiliate_id, month_, c.cut, c.value, sum(g.clicks), sum(g.uniques), sum(g.leads), sum(g.sales),
           sum(g.repeat_sales), sum(g.revenue_minor),
           sum(g.refunds), sum(g.refunded_minor), sum(g.churns), sum(g.commission_minor), sum(g.commissions),
           sum(g.reversed_minor), sum(g.paid_minor)
      FROM rollup_folded g
     CROSS JOIN LATERAL (VALUES ('source', g.src), ('country', g.country), ('device', g.device), ('code', g.code))
                     AS c (cut, value)
     WHERE g.affiliate_id = ANY (affiliates) AND g.program_id = program AND g.day >= month_ AND g.day < ends
       AND g.hour >= month_::timestamp AT TIME ZONE 'UTC' - interval '1 day'
       AND g.hour < ends::timestamp AT TIME ZONE 'UTC' + interval '1 day'
     GROUP BY g.affiliate_id, c.cut, c.value;
END $$;

-- The first days of what is asked for again and again, on a day: so many days back, and since the month, the quarter,
-- the year and the month eleven months ago began.
CREATE FUNCTION rollup_windows(today date) RETURNS TABLE (span text, since date) LANGUAGE sql IMMUTABLE AS $$
    SELECT w.span, w.since::date
      FROM (VALUES ('7d', today - 6), ('30d', today - 29), ('90d', today - 89), ('month', date_trunc('month', today)),
                   ('quarter', date_trunc('quarter', today)), ('year', date_trunc('year', today)),
                   ('12m', date_trunc('month', today) - interval '11 months')) AS w (span, since)
$$;

-- Notes that a ranking since a day is asked for, at most once an hour: whoever computes one calls this.
CREATE FUNCTION rollup_ask(program uuid, from_day date, now_ timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO rollup_asked AS a (program_id, span, asked_at)
    SELECT program, w.span, now_
      FROM program p CROSS JOIN LATERAL rollup_windows((now_ AT TIME ZONE p.time_zone)::date) w
     WHERE p.id = program AND w.since = from_day
    ON CONFLICT (program_id, span) DO UPDATE SET asked_at = excluded.asked_at
     WHERE a.asked_at < excluded.asked_at - interval '1 hour'
$$;

-- Adds up one window whose last day is over and folded; answers whether there was one.
CREATE FUNCTION rollup_trail(now_ timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    mine record;
    reach rollup_reach;
BEGIN
    PERFORM rollup_lock();
    SELECT r.program_id, (now_ AT TIME ZONE r.time_zone)::date AS today, w.since INTO mine
      FROM rollup_program r
     CROSS JOIN LATERAL rollup_windows((now_ AT TIME ZONE r.time_zone)::date) w
      JOIN rollup_asked a ON a.program_id = r.program_id AND a.span = w.span AND a.asked_at > now_ - interval '3 days'
     WHERE w.since < (now_ AT TIME ZONE r.time_zone)::date
       AND NOT EXISTS (SELECT FROM rollup_window x WHERE x.program_id = r.program_id AND x.since = w.since
                          AND x.until = (now_ AT TIME ZONE r.time_zone)::date)
       AND NOT EXISTS (SELECT FROM rollup_due d WHERE d.program_id = r.program_id
                          AND (d.hour AT TIME ZONE r.time_zone)::date < (now_ AT TIME ZONE r.time_zone)::date)
       AND NOT EXISTS (SELECT FROM rollup_taken d WHERE d.program_id = r.program_id
                          AND (d.hour AT TIME ZONE r.time_zone)::date < (now_ AT TIME ZONE r.time_zone)::date)
     ORDER BY r.program_id, w.since DESC LIMIT 1;
    IF mine IS NULL THEN RETURN false; END IF;
    DELETE FROM rollup_trailing t
     WHERE t.program_id = mine.program_id
       AND (t.since = mine.since OR t.since NOT IN (SELECT x.since FROM rollup_windows(mine.today) x));
    DELETE FROM rollup_window w
     WHERE w.program_id = mine.program_id
       AND (w.since = mine.since OR w.since NOT IN (SELECT x.since FROM rollup_windows(mine.today) x));
    reach := rollup_reach(mine.program_id, mine.since, mine.today, false);
    INSERT INTO rollup_trailing (program_id, since, affiliate_id, link_id, clicks, uniques, leads, sales, repeat_sales,
        revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT mine.program_id, mine.since, r.affiliate_id, r.link_id, sum(r.clicks), sum(r.uniques), sum(r.leads),
           sum(r.sales), sum(r.repeat_sales), sum(r.revenue_minor),
           sum(r.refunds), sum(r.refunded_minor), sum(r.churns), sum(r.commission_minor), sum(r.commissions),
           sum(r.reversed_minor), sum(r.paid_minor)
      FROM (SELECT m.affiliate_id, m.link_id, m.clicks, m.uniques, m.leads, m.sales, m.repeat_sales, m.revenue_minor,
          m.refunds,
                   m.refunded_minor, m.churns, m.commission_minor, m.commissions, m.reversed_minor, m.paid_minor
              FROM rollup_monthly m
             WHERE m.program_id = mine.program_id AND m.month >= reach.month_from AND m.month < reach.month_to
            UNION ALL
            SELECT d.affiliate_id, d.link_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor,
                   d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.program_id = mine.program_id
               AND (d.day >= mine.since AND d.day < reach.month_from OR d.day >= reach.rest_from
                 AND d.day < mine.today)) r
     GROUP BY r.affiliate_id, r.link_id
     ORDER BY r.affiliate_id, r.link_id;
    INSERT INTO rollup_window (program_id, since, until) VALUES (mine.program_id, mine.since, mine.today);
    RETURN true;
END $$;

-- The hours that are due, few as a rule: this one and the last.
CREATE VIEW rollup_open AS
SELECT d.program_id, d.hour, (d.hour AT TIME ZONE p.time_zone)::date AS day,
       EXISTS (SELECT FROM rollup_hour f WHERE f.program_id = d.program_id AND f.hour = d.hour) AS folded
  FROM (SELECT program_id, hour FROM rollup_due UNION SELECT program_id, hour FROM rollup_taken) d
  JOIN program p ON p.id = d.program_id;

-- Clicks that have landed and are in no rollup yet, of a program and of one affiliate. OFFSET keeps the search by the hour: the
-- planner knows nothing of tables that are filled and emptied all the time, and would read all hours there are.
CREATE VIEW rollup_live AS
SELECT x.program_id, h.affiliate_id, h.link_id, h.src, h.country, h.device, x.hour, x.day,
       CASE WHEN x.folded THEN 0 ELSE h.clicks - h.late_clicks END + h.late_clicks - h.folded_late_clicks AS clicks,
       CASE WHEN x.folded THEN 0 ELSE h.uniques - h.late_uniques END + h.late_uniques - h.folded_late_uniques AS uniques
  FROM rollup_open x
 CROSS JOIN LATERAL (
       SELECT c.affiliate_id, c.link_id, c.src, c.country, c.device, c.clicks, c.uniques, c.late_clicks, c.late_uniques,
              c.folded_late_clicks, c.folded_late_uniques
         FROM click_hourly c WHERE c.hour = x.hour AND c.program_id = x.program_id OFFSET 0) h;

CREATE FUNCTION rollup_live_of(program uuid, affiliate uuid) RETURNS SETOF rollup_live LANGUAGE sql STABLE AS $$
    SELECT x.program_id, h.affiliate_id, h.link_id, h.src, h.country, h.device, x.hour, x.day,
           CASE WHEN x.folded THEN 0 ELSE h.clicks - h.late_clicks END + h.late_clicks - h.folded_late_clicks,
           CASE WHEN x.folded THEN 0 ELSE h.uniques - h.late_uniques END + h.late_uniques - h.folded_late_uniques
      FROM rollup_open x
     CROSS JOIN LATERAL (
           SELECT c.affiliate_id, c.link_id, c.src, c.country, c.device, c.clicks, c.uniques, c.late_clicks,
                  c.late_uniques,
                  c.folded_late_clicks, c.folded_late_uniques
             FROM click_hourly c
            WHERE c.affiliate_id = affiliate AND c.hour = x.hour AND c.program_id = program OFFSET 0) h
     WHERE x.program_id = program
$$;

-- The figures. Ranges are whole days of the program's zone; an affiliate that is null is the whole program.
CREATE FUNCTION figures_by_day(program uuid, affiliate uuid, from_day date, to_day date)
    RETURNS TABLE (day date, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.day, coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint, coalesce(sum(r.leads),
           0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT d.day, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_program_daily d
             WHERE affiliate IS NULL AND d.program_id = program AND d.cut = '' AND d.day >= from_day AND d.day < to_day
            UNION ALL
            SELECT d.day, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.affiliate_id = affiliate AND d.program_id = program AND d.day >= from_day AND d.day < to_day
            UNION ALL
            SELECT l.day, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE affiliate IS NULL AND l.program_id = program AND l.day >= from_day AND l.day < to_day
            UNION ALL
            SELECT l.day, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live_of(program, affiliate) l
             WHERE l.day >= from_day AND l.day < to_day)
               AS r (day, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     GROUP BY 1
$$;

CREATE FUNCTION figures_by_hour(program uuid, affiliate uuid, day_ date)
    RETURNS TABLE (hour timestamptz, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.hour, coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint, coalesce(sum(r.leads),
           0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT h.hour, h.clicks, h.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_program_hourly h JOIN program p ON p.id = h.program_id
             WHERE affiliate IS NULL AND h.program_id = program
               AND h.hour >= day_::timestamp AT TIME ZONE 'UTC' - interval '1 day'
               AND h.hour < day_::timestamp AT TIME ZONE 'UTC' + interval '2 days'
               AND (h.hour AT TIME ZONE p.time_zone)::date = day_
            UNION ALL
            SELECT h.hour, h.clicks, h.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM click_hourly h JOIN program p ON p.id = h.program_id
             WHERE h.affiliate_id = affiliate AND h.program_id = program
               AND h.hour >= day_::timestamp AT TIME ZONE 'UTC' - interval '1 day'
               AND h.hour < day_::timestamp AT TIME ZONE 'UTC' + interval '2 days'
               AND (h.hour AT TIME ZONE p.time_zone)::date = day_
            UNION ALL
            SELECT l.hour, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE affiliate IS NULL AND l.program_id = program AND l.day = day_
            UNION ALL
            SELECT date_trunc('hour', f.at, 'UTC'), 0, 0, f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds,
                   f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor
              FROM rollup_fact f
             WHERE affiliate IS NULL AND f.program_id = program AND f.day = day_
            UNION ALL
            SELECT date_trunc('hour', f.at, 'UTC'), 0, 0, f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds,
                   f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor
              FROM rollup_fact f
             WHERE f.affiliate_id = affiliate AND f.program_id = program AND f.day = day_)
               AS r (hour, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     GROUP BY 1
$$;

CREATE FUNCTION figures_by_cut(program uuid, affiliate uuid, cut text, from_day date, to_day date)
    RETURNS TABLE (value text, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.value, coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint, coalesce(sum(r.leads),
           0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT d.value, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_program_daily d
             WHERE affiliate IS NULL AND d.program_id = program AND d.cut = figures_by_cut.cut AND d.day >= from_day
               AND d.day < to_day
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN l.src WHEN 'country' THEN l.country WHEN 'device' THEN l.device
                   WHEN 'code' THEN '' END, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE affiliate IS NULL AND l.program_id = program AND l.day >= from_day AND l.day < to_day
            UNION ALL
            SELECT s.value, s.clicks, s.uniques, s.leads, s.sales, s.repeat_sales, s.revenue_minor, s.refunds,
                   s.refunded_minor, s.churns, s.commission_minor, s.commissions, s.reversed_minor, s.paid_minor
              FROM rollup_share_monthly s
             WHERE s.affiliate_id = affiliate AND s.program_id = program AND s.cut = figures_by_cut.cut
               AND s.month >= (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
                 AND s.month < (SELECT (rollup_reach(program, from_day, to_day, false)).month_to)
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN l.src WHEN 'country' THEN l.country WHEN 'device' THEN l.device
                   WHEN 'code' THEN '' END, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live_of(program, affiliate) l
             WHERE l.day >= (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
               AND l.day < (SELECT (rollup_reach(program, from_day, to_day, false)).month_to)
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN h.src WHEN 'country' THEN h.country WHEN 'device' THEN h.device
                   WHEN 'code' THEN '' END,
                   h.clicks, h.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM click_hourly h JOIN program p ON p.id = h.program_id
             WHERE h.affiliate_id = affiliate AND h.program_id = program
               AND h.hour >= from_day::timestamp AT TIME ZONE 'UTC' - interval '1 day'
               AND h.hour < (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)::timestamp AT TIME ZONE 'UTC' + interval '1 day'
               AND (h.hour AT TIME ZONE p.time_zone)::date >= from_day
                 AND (h.hour AT TIME ZONE p.time_zone)::date < (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN h.src WHEN 'country' THEN h.country WHEN 'device' THEN h.device
                   WHEN 'code' THEN '' END,
                   h.clicks, h.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM click_hourly h JOIN program p ON p.id = h.program_id
             WHERE h.affiliate_id = affiliate AND h.program_id = program
               AND h.hour >= (SELECT (rollup_reach(program, from_day, to_day, false)).rest_from)::timestamp AT TIME ZONE 'UTC' - interval '1 day'
               AND h.hour < to_day::timestamp AT TIME ZONE 'UTC' + interval '1 day'
               AND (h.hour AT TIME ZONE p.time_zone)::date >= (SELECT (rollup_reach(program, from_day, to_day, false)).rest_from) AND (h.hour AT TIME ZONE p.time_zone)::date < to_day
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN f.src WHEN 'country' THEN f.country WHEN 'device' THEN f.device
                   WHEN 'code' THEN f.code END, 0, 0,
                   f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds, f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor
              FROM rollup_fact f
             WHERE f.affiliate_id = affiliate AND f.program_id = program AND f.day >= from_day
               AND f.day < (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN f.src WHEN 'country' THEN f.country WHEN 'device' THEN f.device
                   WHEN 'code' THEN f.code END, 0, 0,
                   f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds, f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor
              FROM rollup_fact f
             WHERE f.affiliate_id = affiliate AND f.program_id = program
               AND f.day >= (SELECT (rollup_reach(program, from_day, to_day, false)).rest_from) AND f.day < to_day)
               AS r (value, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     GROUP BY 1
$$;

CREATE FUNCTION figures_by_affiliate(program uuid, from_day date, to_day date)
    RETURNS TABLE (affiliate_id uuid, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.affiliate_id, coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint,
           coalesce(sum(r.leads), 0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT t.affiliate_id, t.clicks, t.uniques, t.leads, t.sales, t.repeat_sales, t.revenue_minor, t.refunds,
                   t.refunded_minor, t.churns, t.commission_minor, t.commissions, t.reversed_minor, t.paid_minor
              FROM rollup_trailing t
             WHERE t.program_id = program
               AND t.since = (SELECT (rollup_reach(program, from_day, to_day, true)).window_from)
            UNION ALL
            SELECT m.affiliate_id, m.clicks, m.uniques, m.leads, m.sales, m.repeat_sales, m.revenue_minor, m.refunds,
                   m.refunded_minor, m.churns, m.commission_minor, m.commissions, m.reversed_minor, m.paid_minor
              FROM rollup_monthly m
             WHERE m.program_id = program
               AND m.month >= (SELECT (rollup_reach(program, from_day, to_day, true)).month_from)
               AND m.month < (SELECT (rollup_reach(program, from_day, to_day, true)).month_to)
            UNION ALL
            SELECT d.affiliate_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.program_id = program AND d.day >= from_day
               AND d.day < (SELECT (rollup_reach(program, from_day, to_day, true)).month_from)
            UNION ALL
            SELECT d.affiliate_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.program_id = program
               AND d.day >= (SELECT (rollup_reach(program, from_day, to_day, true)).rest_from) AND d.day < to_day
            UNION ALL
            SELECT l.affiliate_id, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE l.program_id = program AND l.day >= from_day AND l.day < to_day)
               AS r (affiliate_id, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     WHERE r.affiliate_id <> '00000000-0000-0000-0000-000000000000'
     GROUP BY 1
$$;

-- The links of a whole program, and those of one affiliate.
CREATE FUNCTION figures_of_links(program uuid, from_day date, to_day date)
    RETURNS TABLE (link_id uuid, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.link_id, coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint, coalesce(sum(r.leads),
           0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT t.link_id, t.clicks, t.uniques, t.leads, t.sales, t.repeat_sales, t.revenue_minor, t.refunds,
                   t.refunded_minor, t.churns, t.commission_minor, t.commissions, t.reversed_minor, t.paid_minor
              FROM rollup_trailing t
             WHERE t.program_id = program
               AND t.since = (SELECT (rollup_reach(program, from_day, to_day, true)).window_from)
            UNION ALL
            SELECT m.link_id, m.clicks, m.uniques, m.leads, m.sales, m.repeat_sales, m.revenue_minor, m.refunds,
                   m.refunded_minor, m.churns, m.commission_minor, m.commissions, m.reversed_minor, m.paid_minor
              FROM rollup_monthly m
             WHERE m.program_id = program
               AND m.month >= (SELECT (rollup_reach(program, from_day, to_day, true)).month_from)
               AND m.month < (SELECT (rollup_reach(program, from_day, to_day, true)).month_to)
            UNION ALL
            SELECT d.link_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.program_id = program AND d.day >= from_day
               AND d.day < (SELECT (rollup_reach(program, from_day, to_day, true)).month_from)
            UNION ALL
            SELECT d.link_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.program_id = program
               AND d.day >= (SELECT (rollup_reach(program, from_day, to_day, true)).rest_from) AND d.day < to_day
            UNION ALL
            SELECT l.link_id, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE l.program_id = program AND l.day >= from_day AND l.day < to_day)
               AS r (link_id, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     WHERE r.link_id <> '00000000-0000-0000-0000-000000000000'
     GROUP BY 1
$$;

CREATE FUNCTION figures_of_own_links(program uuid, affiliate uuid, from_day date, to_day date)
    RETURNS TABLE (link_id uuid, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.link_id, coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint, coalesce(sum(r.leads),
           0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT m.link_id, m.clicks, m.uniques, m.leads, m.sales, m.repeat_sales, m.revenue_minor, m.refunds,
                   m.refunded_minor, m.churns, m.commission_minor, m.commissions, m.reversed_minor, m.paid_minor
              FROM rollup_monthly m
             WHERE m.affiliate_id = affiliate AND m.program_id = program
               AND m.month >= (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
                 AND m.month < (SELECT (rollup_reach(program, from_day, to_day, false)).month_to)
            UNION ALL
            SELECT d.link_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.affiliate_id = affiliate AND d.program_id = program AND d.day >= from_day
               AND d.day < (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
            UNION ALL
            SELECT d.link_id, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.affiliate_id = affiliate AND d.program_id = program
               AND d.day >= (SELECT (rollup_reach(program, from_day, to_day, false)).rest_from) AND d.day < to_day
            UNION ALL
            SELECT l.link_id, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live_of(program, affiliate) l
             WHERE l.day >= from_day AND l.day < to_day)
               AS r (link_id, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     WHERE r.link_id <> '00000000-0000-0000-0000-000000000000'
     GROUP BY 1
$$;

CREATE FUNCTION figures_by_link(program uuid, affiliate uuid, from_day date, to_day date)
    RETURNS TABLE (link_id uuid, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT f.* FROM figures_of_links(program, from_day, to_day) f WHERE affiliate IS NULL
    UNION ALL
    SELECT f.* FROM figures_of_own_links(program, affiliate, from_day, to_day) f WHERE affiliate IS NOT NULL
$$;

CREATE FUNCTION figures_total(program uuid, affiliate uuid, from_day date, to_day date)
    RETURNS TABLE (clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(r.clicks), 0)::bigint, coalesce(sum(r.uniques), 0)::bigint, coalesce(sum(r.leads), 0)::bigint,
           coalesce(sum(r.sales), 0)::bigint, coalesce(sum(r.repeat_sales), 0)::bigint,
           coalesce(sum(r.revenue_minor), 0)::bigint, coalesce(sum(r.refunds), 0)::bigint,
           coalesce(sum(r.refunded_minor), 0)::bigint, coalesce(sum(r.churns), 0)::bigint,
           coalesce(sum(r.commission_minor), 0)::bigint, coalesce(sum(r.commissions), 0)::bigint,
           coalesce(sum(r.reversed_minor), 0)::bigint, coalesce(sum(r.paid_minor), 0)::bigint
      FROM (SELECT d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_program_daily d
             WHERE affiliate IS NULL AND d.program_id = program AND d.cut = '' AND d.day >= from_day AND d.day < to_day
            UNION ALL
            SELECT l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE affiliate IS NULL AND l.program_id = program AND l.day >= from_day AND l.day < to_day
            UNION ALL
            SELECT m.clicks, m.uniques, m.leads, m.sales, m.repeat_sales, m.revenue_minor, m.refunds,
                   m.refunded_minor, m.churns, m.commission_minor, m.commissions, m.reversed_minor, m.paid_minor
              FROM rollup_monthly m
             WHERE m.affiliate_id = affiliate AND m.program_id = program
               AND m.month >= (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
                 AND m.month < (SELECT (rollup_reach(program, from_day, to_day, false)).month_to)
            UNION ALL
            SELECT d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.affiliate_id = affiliate AND d.program_id = program AND d.day >= from_day
               AND d.day < (SELECT (rollup_reach(program, from_day, to_day, false)).month_from)
            UNION ALL
            SELECT d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_daily d
             WHERE d.affiliate_id = affiliate AND d.program_id = program
               AND d.day >= (SELECT (rollup_reach(program, from_day, to_day, false)).rest_from) AND d.day < to_day
            UNION ALL
            SELECT l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live_of(program, affiliate) l
             WHERE l.day >= from_day AND l.day < to_day)
               AS r (clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
$$;

-- The same as the rollups, from raw rows: what every figure must equal once everything is folded.
CREATE VIEW rollup_raw AS
SELECT program_id, affiliate_id, link_id, src, coalesce(country, '') AS country, coalesce(device, '') AS device, code,
       date_trunc('hour', at, 'UTC') AS hour, day, 0::bigint AS clicks, 0::bigint AS uniques,
       leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns, commission_minor, commissions,
       reversed_minor, paid_minor
  FROM rollup_source
UNION ALL
SELECT h.program_id, h.affiliate_id, h.link_id, h.src, h.country, h.device, '', h.hour,
       (h.hour AT TIME ZONE p.time_zone)::date, h.clicks, h.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM click_hourly h JOIN program p ON p.id = h.program_id;

-- Forgets what is added up of some days of a program and makes it due again.
CREATE FUNCTION rollup_rebuild(program uuid, from_day date, to_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    zone   text := (SELECT p.time_zone FROM program p WHERE p.id = program);
    hours  timestamptz[];
BEGIN
    PERFORM rollup_lock();
    UPDATE rollup_program r
       SET time_zone = zone, closed_to = least(r.closed_to, date_trunc('month', from_day)::date),
           closing = CASE WHEN r.closed_to < date_trunc('month', from_day) THEN r.closing END
     WHERE r.program_id = program;
    DELETE FROM rollup_monthly m WHERE m.program_id = program AND m.month >= date_trunc('month', from_day);
    DELETE FROM rollup_share_monthly s WHERE s.program_id = program AND s.month >= date_trunc('month', from_day);
    DELETE FROM rollup_trailing t USING rollup_window w
     WHERE t.program_id = program AND w.program_id = program AND w.since = t.since AND w.until > from_day;
    DELETE FROM rollup_window w WHERE w.program_id = program AND w.until > from_day;
    DELETE FROM rollup_program_daily d WHERE d.program_id = program AND d.day >= from_day AND d.day < to_day;
    DELETE FROM rollup_daily d WHERE d.program_id = program AND d.day >= from_day AND d.day < to_day;
    hours := ARRAY(
        SELECT DISTINCT h.hour FROM click_hourly h
         WHERE h.program_id = program AND h.hour >= from_day::timestamp AT TIME ZONE 'UTC' - interval '1 day'
           AND h.hour < to_day::timestamp AT TIME ZONE 'UTC' + interval '1 day'
           AND (h.hour AT TIME ZONE zone)::date >= from_day AND (h.hour AT TIME ZONE zone)::date < to_day);
    DELETE FROM rollup_program_hourly h WHERE h.program_id = program AND h.hour = ANY (hours);
    DELETE FROM rollup_hour h WHERE h.program_id = program AND h.hour = ANY (hours);
    UPDATE click_hourly h SET folded_late_clicks = 0, folded_late_uniques = 0
     WHERE h.program_id = program AND h.hour = ANY (hours) AND (h.folded_late_clicks <> 0 OR h.folded_late_uniques <> 0);
    INSERT INTO rollup_due (program_id, hour) SELECT program, h FROM unnest(hours) AS h ON CONFLICT DO NOTHING;
    INSERT INTO rollup_fact_due (id, kind)
    SELECT f.id, f.kind FROM rollup_fact f WHERE f.program_id = program AND f.day >= from_day AND f.day < to_day
    UNION
    SELECT s.id, s.kind FROM rollup_source s WHERE s.program_id = program AND s.day >= from_day AND s.day < to_day
    ON CONFLICT DO NOTHING;
    DELETE FROM rollup_fact f WHERE f.program_id = program AND f.day >= from_day AND f.day < to_day;
END $$;

-- What was there before is due from the first moment: until it is folded, clicks are read where they are.
INSERT INTO rollup_due (program_id, hour) SELECT DISTINCT program_id, hour FROM click_hourly;
INSERT INTO rollup_fact_due (id, kind)
SELECT id, 'conversion' FROM conversion WHERE status IN ('accepted', 'refunded')
UNION ALL SELECT id, 'refund' FROM refund WHERE conversion_id IS NOT NULL
UNION ALL SELECT id, 'referral' FROM referral WHERE churned_at IS NOT NULL
UNION ALL SELECT id, 'commission' FROM commission WHERE status <> 'rejected'
UNION ALL SELECT id, 'payout' FROM payout WHERE state = 'paid';
