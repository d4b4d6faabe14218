-- Sources, countries, devices and codes of days on which an affiliate was busy, added up once the day is over. Where they are
-- not, the clicks of a day are so few that they are read where they are.

-- A day has these rows where it has the one whose cut is '', which is the whole of it.
CREATE TABLE rollup_share_daily (
    program_id        uuid NOT NULL,
    affiliate_id      uuid NOT NULL,
    day               date NOT NULL,
    cut               text NOT NULL CHECK (cut IN ('', 'source', 'country', 'device', 'code')),
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
    PRIMARY KEY (affiliate_id, program_id, cut, day, value)
);
CREATE INDEX rollup_share_daily_day ON rollup_share_daily (program_id, day);

-- The first day that was not looked at, and has no such rows; null: none was.
ALTER TABLE rollup_program ADD COLUMN shared_to date;

-- Adds up the oldest day that is over, has no hour due and was not looked at, of those affiliates who had at least so many
-- clicks and facts on it; answers whether there was one.
CREATE FUNCTION rollup_share(now_ timestamptz, busy bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    mine        record;
    affiliates  uuid[];
BEGIN
    PERFORM rollup_lock();
    SELECT r.program_id, r.time_zone, coalesce(r.shared_to, (SELECT min(d.day) FROM rollup_program_daily d
                                                              WHERE d.program_id = r.program_id AND d.cut = '')) AS day
      INTO mine
      FROM rollup_program r
     WHERE coalesce(r.shared_to, (SELECT min(d.day) FROM rollup_program_daily d
                                   WHERE d.program_id = r.program_id AND d.cut = '')) < (now_ AT TIME ZONE r.time_zone)::date
       AND NOT EXISTS (SELECT FROM rollup_open o WHERE o.program_id = r.program_id AND o.day <= coalesce(
               r.shared_to, (SELECT min(d.day) FROM rollup_program_daily d WHERE d.program_id = r.program_id AND d.cut = '')))
     ORDER BY 3, 1 LIMIT 1;
    IF mine IS NULL THEN RETURN false; END IF;
    affiliates := ARRAY(
        SELECT d.affiliate_id FROM rollup_daily d
         WHERE d.program_id = mine.program_id AND d.day = mine.day
         GROUP BY 1 HAVING sum(d.clicks + d.leads + d.sales + d.commissions) >= busy
        EXCEPT
        SELECT s.affiliate_id FROM rollup_share_daily s WHERE s.program_id = mine.program_id AND s.cut = '' AND s.day = mine.day);
    INSERT INTO rollup_share_daily (program_id, affiliate_id, day, cut, value, clicks, uniques, leads, sales, repeat_sales,
        revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT mine.program_id, f.affiliate_id, mine.day, c.cut, c.value, sum(f.clicks), sum(f.uniques), sum(f.leads),
           sum(f.sales), sum(f.repeat_sales), sum(f.revenue_minor),
           sum(f.refunds), sum(f.refunded_minor), sum(f.churns), sum(f.commission_minor), sum(f.commissions),
           sum(f.reversed_minor), sum(f.paid_minor)
      FROM unnest(affiliates) AS a (id)
     CROSS JOIN LATERAL (
           SELECT g.* FROM rollup_folded g
            WHERE g.affiliate_id = a.id AND g.program_id = mine.program_id AND g.day = mine.day
              AND g.hour >= mine.day::timestamp AT TIME ZONE 'UTC' - interval '1 day'
              AND g.hour < mine.day::timestamp AT TIME ZONE 'UTC' + interval '2 days') f
     CROSS JOIN LATERAL (VALUES ('', ''), ('source', f.src), ('country', f.country), ('device', f.device), ('code', f.code))
                     AS c (cut, value)
     GROUP BY f.affiliate_id, c.cut, c.value;
    UPDATE rollup_program r SET shared_to = mine.day + 1 WHERE r.program_id = mine.program_id;
    RETURN true;
END $$;

-- What comes for such a day afterwards.
ALTER FUNCTION rollup_apply(rollup_delta[]) RENAME TO rollup_apply_to_all;
CREATE FUNCTION rollup_apply(deltas rollup_delta[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM rollup_apply_to_all(deltas);
    INSERT INTO rollup_share_daily AS t (program_id, affiliate_id, day, cut, value, clicks, uniques, leads, sales,
        repeat_sales, revenue_minor, refunds, refunded_minor, churns,
           commission_minor, commissions, reversed_minor, paid_minor)
    SELECT d.program_id, d.affiliate_id, d.day, c.cut, c.value,
           sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales), sum(d.repeat_sales), sum(d.revenue_minor),
           sum(d.refunds), sum(d.refunded_minor), sum(d.churns), sum(d.commission_minor), sum(d.commissions),
           sum(d.reversed_minor), sum(d.paid_minor)
      FROM unnest(deltas) d
      JOIN rollup_share_daily s
        ON s.affiliate_id = d.affiliate_id AND s.program_id = d.program_id AND s.cut = '' AND s.day = d.day
     CROSS JOIN LATERAL (VALUES ('', ''), ('source', d.src), ('country', d.country), ('device', d.device), ('code', d.code))
                     AS c (cut, value)
     GROUP BY 1, 2, 3, 4, 5
     ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (affiliate_id, program_id, cut, day, value) DO UPDATE
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

-- As V26, whose short way is only for days of which nothing but the day is added up.
CREATE OR REPLACE FUNCTION rollup_fold_hour(program uuid, hour_ timestamptz, day_ date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    folded bigint;
BEGIN
    INSERT INTO rollup_hour (program_id, hour) VALUES (program, hour_);
    INSERT INTO rollup_program_hourly AS t (program_id, hour, clicks, uniques)
    SELECT program, hour_, sum(h.clicks - h.late_clicks), sum(h.uniques - h.late_uniques)
      FROM click_hourly h WHERE h.hour = hour_ AND h.program_id = program HAVING count(*) > 0
    ON CONFLICT (program_id, hour) DO UPDATE SET clicks = t.clicks + excluded.clicks,
        uniques = t.uniques + excluded.uniques;
    IF EXISTS (SELECT FROM rollup_program p
                WHERE p.program_id = program AND (day_ < p.closed_to + interval '1 month' OR day_ < p.shared_to))
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

ALTER FUNCTION rollup_rebuild(uuid, date, date) RENAME TO rollup_rebuild_all;
CREATE FUNCTION rollup_rebuild(program uuid, from_day date, to_day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM rollup_lock();
    DELETE FROM rollup_share_daily s WHERE s.program_id = program AND s.day >= from_day;
    UPDATE rollup_program r SET shared_to = least(r.shared_to, from_day)
     WHERE r.program_id = program AND r.shared_to IS NOT NULL;
    PERFORM rollup_rebuild_all(program, from_day, to_day);
END $$;

-- An affiliate's part of figures_by_cut: closed months, then the days before and after; of these what is added up, else the
-- clicks and facts themselves, each day by itself because a range would read what is added up as well.
CREATE FUNCTION figures_of_own_cut(program uuid, affiliate uuid, cut text, from_day date, to_day date)
    RETURNS TABLE (value text, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    WITH reach AS MATERIALIZED (
        SELECT r.month_from, r.month_to, r.rest_from FROM rollup_reach(program, from_day, to_day, false) r),
    known AS MATERIALIZED (
        SELECT d.day, EXISTS (SELECT FROM rollup_share_daily s WHERE s.affiliate_id = affiliate AND s.program_id = program
                                 AND s.cut = '' AND s.day = d.day)
                  -- else days of another zone, until they are made anew
                  AND (SELECT r.time_zone = p.time_zone FROM rollup_program r JOIN program p ON p.id = r.program_id
                        WHERE r.program_id = program) AS added_up
          FROM (SELECT x.day FROM rollup_daily x
                 WHERE x.affiliate_id = affiliate AND x.program_id = program AND x.day >= from_day
                   AND x.day < (SELECT month_from FROM reach)
                UNION
                SELECT x.day FROM rollup_daily x
                 WHERE x.affiliate_id = affiliate AND x.program_id = program AND x.day >= (SELECT rest_from FROM reach)
                   AND x.day < to_day
                UNION
                SELECT o.day FROM rollup_open o, reach
                 WHERE o.program_id = program AND o.day >= from_day AND o.day < to_day
                   AND (o.day < reach.month_from OR o.day >= reach.rest_from)) d),
    live AS MATERIALIZED (
        SELECT l.day, l.src, l.country, l.device, l.clicks, l.uniques FROM rollup_live_of(program, affiliate) l),
    single AS MATERIALIZED (
        SELECT k.day, k.day::timestamp AT TIME ZONE p.time_zone AS since, p.time_zone
          FROM known k, program p WHERE p.id = program AND NOT k.added_up)
    SELECT r.value, sum(r.clicks)::bigint, sum(r.uniques)::bigint, sum(r.leads)::bigint, sum(r.sales)::bigint,
           sum(r.repeat_sales)::bigint, sum(r.revenue_minor)::bigint, sum(r.refunds)::bigint, sum(r.refunded_minor)::bigint,
           sum(r.churns)::bigint, sum(r.commission_minor)::bigint, sum(r.commissions)::bigint, sum(r.reversed_minor)::bigint,
           sum(r.paid_minor)::bigint
      FROM (SELECT s.value, s.clicks, s.uniques, s.leads, s.sales, s.repeat_sales, s.revenue_minor, s.refunds,
                   s.refunded_minor, s.churns, s.commission_minor, s.commissions, s.reversed_minor, s.paid_minor
              FROM rollup_share_monthly s
             WHERE s.affiliate_id = affiliate AND s.program_id = program AND s.cut = figures_of_own_cut.cut
               AND s.month >= (SELECT month_from FROM reach) AND s.month < (SELECT month_to FROM reach)
            UNION ALL
            SELECT s.value, s.clicks, s.uniques, s.leads, s.sales, s.repeat_sales, s.revenue_minor, s.refunds,
                   s.refunded_minor, s.churns, s.commission_minor, s.commissions, s.reversed_minor, s.paid_minor
              FROM known k
             CROSS JOIN LATERAL (
                   SELECT x.* FROM rollup_share_daily x
                    WHERE x.affiliate_id = affiliate AND x.program_id = program AND x.cut = figures_of_own_cut.cut
                      AND x.day = k.day OFFSET 0) s
             WHERE k.added_up
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN l.src WHEN 'country' THEN l.country WHEN 'device' THEN l.device
                   WHEN 'code' THEN '' END, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM live l, reach
             WHERE l.day >= reach.month_from AND l.day < reach.month_to
                OR l.day IN (SELECT k.day FROM known k WHERE k.added_up)
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN h.src WHEN 'country' THEN h.country WHEN 'device' THEN h.device
                   WHEN 'code' THEN '' END, h.clicks, h.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM single s
             CROSS JOIN LATERAL (
                   SELECT x.src, x.country, x.device, x.clicks, x.uniques
                     FROM click_hourly x
                    WHERE x.affiliate_id = affiliate AND x.program_id = program
                      AND x.hour >= s.since - interval '2 hours' AND x.hour < s.since + interval '27 hours'
                      AND (x.hour AT TIME ZONE s.time_zone)::date = s.day OFFSET 0) h
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN f.src WHEN 'country' THEN f.country WHEN 'device' THEN f.device
                   WHEN 'code' THEN f.code END, 0, 0,
                   f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds, f.refunded_minor, f.churns,
                   f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor
              FROM single s
             CROSS JOIN LATERAL (
                   SELECT x.* FROM rollup_fact x
                    WHERE x.affiliate_id = affiliate AND x.program_id = program AND x.day = s.day OFFSET 0) f)
               AS r (value, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     GROUP BY 1
$$;

CREATE FUNCTION figures_of_cut(program uuid, cut text, from_day date, to_day date)
    RETURNS TABLE (value text, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT r.value, sum(r.clicks)::bigint, sum(r.uniques)::bigint, sum(r.leads)::bigint, sum(r.sales)::bigint,
           sum(r.repeat_sales)::bigint, sum(r.revenue_minor)::bigint, sum(r.refunds)::bigint, sum(r.refunded_minor)::bigint,
           sum(r.churns)::bigint, sum(r.commission_minor)::bigint, sum(r.commissions)::bigint, sum(r.reversed_minor)::bigint,
           sum(r.paid_minor)::bigint
      FROM (SELECT d.value, d.clicks, d.uniques, d.leads, d.sales, d.repeat_sales, d.revenue_minor, d.refunds,
                   d.refunded_minor, d.churns, d.commission_minor, d.commissions, d.reversed_minor, d.paid_minor
              FROM rollup_program_daily d
             WHERE d.program_id = program AND d.cut = figures_of_cut.cut AND d.day >= from_day AND d.day < to_day
            UNION ALL
            SELECT CASE cut WHEN 'source' THEN l.src WHEN 'country' THEN l.country WHEN 'device' THEN l.device
                   WHEN 'code' THEN '' END, l.clicks, l.uniques, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              FROM rollup_live l
             WHERE l.program_id = program AND l.day >= from_day AND l.day < to_day)
               AS r (value, clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
            commission_minor, commissions, reversed_minor, paid_minor)
     GROUP BY 1
$$;

CREATE OR REPLACE FUNCTION figures_by_cut(program uuid, affiliate uuid, cut text, from_day date, to_day date)
    RETURNS TABLE (value text, clicks bigint, uniques bigint, leads bigint, sales bigint, repeat_sales bigint,
                   revenue_minor bigint, refunds bigint, refunded_minor bigint, churns bigint,
                   commission_minor bigint, commissions bigint, reversed_minor bigint, paid_minor bigint)
    LANGUAGE sql STABLE AS $$
    SELECT f.* FROM figures_of_cut(program, cut, from_day, to_day) f WHERE affiliate IS NULL
    UNION ALL
    SELECT f.* FROM figures_of_own_cut(program, affiliate, cut, from_day, to_day) f WHERE affiliate IS NOT NULL
$$;

-- Of a span that is no window, so by their facts: these are far fewer than the days of all affiliates.
CREATE FUNCTION figures_sales_by_affiliate(program uuid, from_day date, to_day date)
    RETURNS TABLE (affiliate_id uuid, sales bigint) LANGUAGE sql STABLE AS $$
    SELECT f.affiliate_id, sum(f.sales)::bigint
      FROM rollup_fact f
     WHERE f.program_id = program AND f.day >= from_day AND f.day < to_day AND f.sales <> 0
       AND f.affiliate_id <> '00000000-0000-0000-0000-000000000000'
     GROUP BY 1
$$;
