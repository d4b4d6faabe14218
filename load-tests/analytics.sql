-- A year of a program, written straight into the rollups and the tables that reports read. psql -v clicks= -v conversions= -v affiliates=
-- -v days=365 -v hourly=40, the two of the first being those of a whole year.
-- Affiliate n has the share 1/n of everything (Zipf), a tenth of them have a second link. Clicks have their hourly rows for the last
-- days and for the month in which ninety days begin: others are closed, and no report looks further down there.
\set ON_ERROR_STOP 1
SET synchronous_commit = off;
SET work_mem = '256MB';
SELECT setseed(0.7);
CREATE TEMP TABLE given AS
SELECT '018f0000-0000-7000-9000-000000000001'::uuid AS program, (now() AT TIME ZONE 'America/New_York')::date AS today,
       :clicks::float8 / 365 / h.sum AS clicks, :conversions::float8 / 365 / h.sum AS conversions
  FROM (SELECT sum(1.0 / n) AS sum FROM generate_series(1, :affiliates) n) h;
INSERT INTO referral_code (code_key, created_at) SELECT 'SECOND' || n, now() FROM generate_series(1, :affiliates / 10) n;
INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, status, created_at, updated_at)
SELECT ('018f0000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, a, given.program, a, 'SECOND' || n, 'SECOND' || n, 'active', now(), now()
  FROM given, generate_series(1, :affiliates / 10) n, LATERAL (SELECT ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS a) x;

-- Shares of five sources, thirty countries and three devices; each place of a hundred has one of each.
CREATE TEMP TABLE mix AS
SELECT g AS place, (ARRAY['', 'news', 'tube', 'blog', 'mail'])[1 + g % 5] AS src,
       chr(65 + (floor(30 * (g * 0.37 - floor(g * 0.37)) ^ 2)::int / 6)) || chr(65 + floor(30 * (g * 0.37 - floor(g * 0.37)) ^ 2)::int) AS country,
       (ARRAY['phone', 'desktop', 'tablet'])[1 + (g * 7) % 10 / 4] AS device
  FROM generate_series(0, 99) g;

-- What a link has on a day: the expected number, or one of as many days as that takes.
CREATE TEMP TABLE made AS
SELECT day, affiliate_id, link_id, clicks FROM (
    SELECT (given.today - d) AS day, ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS affiliate_id,
           ('018f0000-0000-7000-800' || l || '-' || lpad(to_hex(n), 12, '0'))::uuid AS link_id,
           floor(given.clicks / n * CASE WHEN n > :affiliates / 10 THEN 1 WHEN l = 0 THEN 0.7 ELSE 0.3 END * (0.5 + r.r) + random())::int AS clicks
      FROM given, generate_series(0, :days - 1) d, generate_series(1, :affiliates) n, generate_series(0, 1) l, LATERAL (SELECT random() + 0 * d AS r) r
     WHERE l = 0 OR n <= :affiliates / 10) x
 WHERE clicks > 0;
\echo link days :  `date +%T`

INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques, duplicates, unverified, bots,
                          prefetches, heads)
SELECT (m.day::timestamp AT TIME ZONE 'America/New_York') + make_interval(hours => m.hour), m.link_id, x.src, x.country, x.device, m.program,
       m.affiliate_id, count(*), count(*) * 4 / 5, 0, 0, 0, 0, 0
  FROM (SELECT m.*, given.program, floor(24 * sqrt(random()))::int % 24 AS hour, floor(100 * random())::int AS place
          FROM given, made m CROSS JOIN generate_series(1, m.clicks) c WHERE m.day > given.today - :hourly
            OR date_trunc('month', m.day) = date_trunc('month', given.today - 89) OFFSET 0) m
  JOIN mix x USING (place)
 GROUP BY 1, 2, 3, 4, 5, 6, 7;

-- Sales and leads, their commissions, refunds and customers.
CREATE TEMP TABLE sold AS
SELECT row_number() OVER () AS n, day, affiliate_id, link_id, floor(100 * random())::int AS place, random() AS r,
       (day::timestamp AT TIME ZONE 'America/New_York') + random() * interval '24 hours' AS at
  FROM (SELECT (given.today - d) AS day, ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS affiliate_id,
               ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS link_id,
               floor(given.conversions / n + random())::int AS many
          FROM given, generate_series(0, :days - 1) d, generate_series(1, :affiliates) n) x, generate_series(1, x.many) each;
UPDATE sold SET at = least(at, now());
INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src, amount_minor, currency, status, occurred_at,
                        customer_external_id, decision)
SELECT ('018f0000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, given.program, CASE WHEN r < 0.2 THEN 'lead' ELSE 'sale' END, 'cnv' || n,
       affiliate_id, affiliate_id, link_id, x.src, CASE WHEN r < 0.2 THEN 0 ELSE 1000 + n % 9000 END, 'USD', 'accepted', at, 'cus' || n / 2, 1
  FROM given, sold s JOIN mix x USING (place);
INSERT INTO attribution_decision (conversion_id, number, basis, model, version, window_days, click_missing, candidates, decided_at)
SELECT id, 1, 'click', 'last_click', 1, 30, false, '[]', occurred_at FROM conversion;
INSERT INTO attribution (conversion_id, decision, enrollment_id, affiliate_id, link_id, src, weight_bps, basis)
SELECT id, 1, enrollment_id, affiliate_id, link_id, src, 10000, 'click' FROM conversion;
INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, signed_up_at, converted_at, churned_at)
SELECT ('018f0000-0000-7000-b000-' || lpad(to_hex(min(n)), 12, '0'))::uuid, given.program, (array_agg(affiliate_id ORDER BY at))[1],
       (array_agg(affiliate_id ORDER BY at))[1], 'cus' || n / 2, CASE WHEN n / 2 % 10 = 0 THEN 'churned' ELSE 'converted' END, min(at), max(at),
       CASE WHEN n / 2 % 10 = 0 THEN max(at) END
  FROM given, sold GROUP BY given.program, n / 2;
INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, conversion_id, amount_minor, currency, status,
                        released, earned_at, release_at)
SELECT ('018f0000-0000-7000-c000-' || lpad(to_hex(n), 12, '0'))::uuid, program, affiliate_id, affiliate_id, 'conversion', id, 'base_rate', id,
       100 + n % 900, 'USD', CASE WHEN s.day < given.today - 30 THEN 'approved' ELSE 'pending' END, s.day < given.today - 30, s.at, s.at
  FROM given, sold s JOIN LATERAL (SELECT ('018f0000-0000-7000-a000-' || lpad(to_hex(s.n), 12, '0'))::uuid AS id) v ON true WHERE s.r >= 0.2;
INSERT INTO refund (id, program_id, external_id, kind, sale_external_id, conversion_id, amount_minor, currency, occurred_at)
SELECT ('018f0000-0000-7000-d000-' || lpad(to_hex(n), 12, '0'))::uuid, program, 'ref' || n, 'refund', 'cnv' || n,
       ('018f0000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, 500, 'USD', least(s.at + interval '3 days', now())
  FROM given, sold s WHERE s.r > 0.96;
\echo facts : `date +%T`
ANALYZE conversion; ANALYZE commission; ANALYZE referral; ANALYZE refund; ANALYZE attribution;
INSERT INTO rollup_fact SELECT s.* FROM rollup_source s, given WHERE s.program_id = given.program;
\echo counted : `date +%T`

CREATE TEMP TABLE fact_days AS
SELECT day, affiliate_id, link_id, sum(leads)::int AS leads, sum(sales)::int AS sales, sum(repeat_sales)::int AS repeat_sales,
       sum(refunds)::int AS refunds, sum(churns)::int AS churns, sum(commissions)::int AS commissions, sum(revenue_minor)::bigint AS revenue_minor,
       sum(refunded_minor)::bigint AS refunded_minor, sum(commission_minor)::bigint AS commission_minor
  FROM rollup_fact GROUP BY 1, 2, 3;
INSERT INTO rollup_daily (program_id, day, affiliate_id, link_id, clicks, uniques, leads, sales, repeat_sales, refunds, churns, commissions,
                          revenue_minor, refunded_minor, commission_minor)
SELECT given.program, day, affiliate_id, link_id, coalesce(m.clicks, 0), coalesce(m.clicks, 0) * 4 / 5, coalesce(leads, 0), coalesce(sales, 0),
       coalesce(repeat_sales, 0), coalesce(refunds, 0), coalesce(churns, 0), coalesce(commissions, 0), coalesce(revenue_minor, 0),
       coalesce(refunded_minor, 0), coalesce(commission_minor, 0)
  FROM given, made m FULL JOIN fact_days f USING (day, affiliate_id, link_id) ORDER BY day;
\echo days : `date +%T`
INSERT INTO rollup_program_daily (program_id, cut, day, value, clicks, uniques, leads, sales, revenue_minor, commission_minor, commissions)
SELECT given.program, c.cut, d.day, c.value, sum(d.clicks * w.w), sum(d.uniques * w.w), sum(d.leads * w.w), sum(d.sales * w.w),
       sum(d.revenue_minor * w.w), sum(d.commission_minor * w.w), sum(d.commissions * w.w)
  FROM given, (SELECT day, sum(clicks) AS clicks, sum(uniques) AS uniques, sum(leads) AS leads, sum(sales) AS sales,
                      sum(revenue_minor) AS revenue_minor, sum(commission_minor) AS commission_minor, sum(commissions) AS commissions
                 FROM rollup_daily GROUP BY 1) d,
       (SELECT src, country, device, count(*) / 100.0 AS w FROM mix GROUP BY 1, 2, 3) w,
       LATERAL (VALUES ('', ''), ('source', w.src), ('country', w.country), ('device', w.device), ('code', '')) AS c (cut, value)
 GROUP BY 1, 2, 3, 4;
INSERT INTO rollup_hour (program_id, hour) SELECT DISTINCT program_id, hour FROM click_hourly;
INSERT INTO rollup_program_hourly (program_id, hour, clicks, uniques)
SELECT program_id, hour, sum(clicks), sum(uniques) FROM click_hourly GROUP BY 1, 2;
INSERT INTO rollup_monthly (program_id, month, affiliate_id, link_id, clicks, uniques, leads, sales, repeat_sales, refunds, churns, commissions,
                            revenue_minor, refunded_minor, commission_minor)
SELECT d.program_id, date_trunc('month', d.day)::date, affiliate_id, link_id, sum(d.clicks), sum(d.uniques), sum(d.leads), sum(d.sales),
       sum(d.repeat_sales), sum(d.refunds), sum(d.churns), sum(d.commissions), sum(d.revenue_minor), sum(d.refunded_minor), sum(d.commission_minor)
  FROM given, rollup_daily d WHERE d.day < date_trunc('month', given.today) GROUP BY 1, 2, 3, 4 ORDER BY 2;
\echo months : `date +%T`
INSERT INTO rollup_share_monthly (program_id, affiliate_id, month, cut, value, clicks, uniques, leads, sales, revenue_minor)
SELECT m.program_id, m.affiliate_id, m.month, c.cut, c.value, floor(m.clicks * c.w + random())::int, floor(m.uniques * c.w)::int,
       floor(m.leads * c.w)::int, floor(m.sales * c.w)::int, floor(m.revenue_minor * c.w)::bigint
  FROM (SELECT program_id, affiliate_id, month, sum(clicks) AS clicks, sum(uniques) AS uniques, sum(leads) AS leads, sum(sales) AS sales,
               sum(revenue_minor) AS revenue_minor FROM rollup_monthly GROUP BY 1, 2, 3) m,
       (SELECT cut, value, count(*) / 100.0::float8 AS w FROM mix, LATERAL (VALUES ('source', src), ('country', country), ('device', device)) AS v (cut, value)
         GROUP BY 1, 2 UNION ALL SELECT 'code', '', 1) c
 WHERE floor(m.clicks * c.w) > 0 OR random() < m.clicks * c.w OR m.leads + m.sales > 0 AND c.w > 0.1
 ORDER BY m.month, m.affiliate_id;
INSERT INTO rollup_program (program_id, time_zone, closed_to, shared_to)
SELECT program, 'America/New_York', date_trunc('month', today), date_trunc('month', today - 89) FROM given;
\echo shares : `date +%T`
VACUUM ANALYZE;
\echo done : `date +%T`
