package dev.tributary.analytics.rollup;

/**
 * A claim about the rollups and the query that finds where it does not hold: place, what it should be and what it is, of a
 * program ($1) from a day ($2) to a day ($3), at most so many ($4). Each is one statement, so it sees one moment.
 */
enum Check {
    CLICKS(
            Span.DAY,
            "the hourly rollup has the clicks that landed, wherever their days are kept",
            """
            WITH span AS (
                SELECT date_trunc('hour', ($2::date::timestamp AT TIME ZONE time_zone) + interval '59:59.999999', 'UTC') AS since,
                       date_trunc('hour', ($3::date::timestamp AT TIME ZONE time_zone) + interval '59:59.999999', 'UTC') AS until
                  FROM program WHERE id = $1),
            kept AS (
                SELECT d::date AS day FROM generate_series($2::date - 1, $3::date, interval '1 day') AS d
                 WHERE to_regclass('click_' || to_char(d, 'YYYYMMDD')) IS NOT NULL),
            wanted AS (
                SELECT date_trunc('hour', c.clicked_at, 'UTC') AS hour, c.link_id, c.country, c.device,
                       ARRAY[count(*) FILTER (WHERE c.traffic = 'human'), count(*) FILTER (WHERE c.visit = 'unique')] AS figures
                  FROM click c, span
                 WHERE c.program_id = $1 AND c.clicked_at >= span.since AND c.clicked_at < span.until
                   AND c.id >= (lpad(to_hex((extract(epoch FROM span.since) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
                   AND c.id < (lpad(to_hex((extract(epoch FROM span.until) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
                 GROUP BY 1, 2, 3, 4),
            found AS (
                SELECT h.hour, h.link_id, h.country, h.device, ARRAY[sum(h.clicks), sum(h.uniques)]::bigint[] AS figures
                  FROM click_hourly h, span
                 WHERE h.program_id = $1 AND h.hour >= span.since AND h.hour < span.until
                   AND (h.hour AT TIME ZONE 'UTC')::date IN (SELECT day FROM kept)
                 GROUP BY 1, 2, 3, 4)
            SELECT concat_ws(' ', hour, link_id, country, device), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (hour, link_id, country, device)
             WHERE coalesce(w.figures, '{0,0}') <> coalesce(f.figures, '{0,0}') LIMIT $4
            """),
    HOURS_DUE(
            Span.DAY,
            "every hour with clicks that are not folded is due",
            """
            SELECT concat_ws(' ', h.hour, h.link_id), concat_ws(' ', h.clicks, h.uniques),
                   concat_ws(' ', f.hour IS NOT NULL, h.late_clicks, h.folded_late_clicks)
              FROM click_hourly h
              JOIN program p ON p.id = h.program_id
              LEFT JOIN rollup_hour f ON f.program_id = h.program_id AND f.hour = h.hour
             WHERE h.program_id = $1 AND h.hour >= $2::date::timestamp AT TIME ZONE p.time_zone
               AND h.hour < $3::date::timestamp AT TIME ZONE p.time_zone
               AND ((h.late_clicks, h.late_uniques) <> (h.folded_late_clicks, h.folded_late_uniques)
                    OR f.hour IS NULL AND (h.clicks, h.uniques) <> (0, 0))
               AND NOT EXISTS (SELECT FROM rollup_due d WHERE d.program_id = h.program_id AND d.hour = h.hour)
               AND NOT EXISTS (SELECT FROM rollup_taken t WHERE t.program_id = h.program_id AND t.hour = h.hour)
             LIMIT $4
            """),
    FACTS(
            Span.ALL,
            "conversions, refunds, churns, commissions and payouts are counted for what they are",
            """
            WITH wanted AS (
                SELECT s.kind, s.id, ROW(s.affiliate_id, s.link_id, s.src, coalesce(s.country, f.country, ''),
                       coalesce(s.device, f.device, ''), s.code, s.at, s.day, s.leads, s.sales, s.repeat_sales,
                       s.revenue_minor, s.refunds, s.refunded_minor, s.churns, s.commission_minor, s.commissions,
                       s.reversed_minor, s.paid_minor)::text AS what
                  FROM rollup_source s LEFT JOIN rollup_fact f ON f.kind = s.kind AND f.id = s.id
                 WHERE s.program_id = $1 AND s.day >= $2 AND s.day < $3),
            found AS (
                SELECT f.kind, f.id, ROW(f.affiliate_id, f.link_id, f.src, f.country, f.device, f.code, f.at, f.day,
                       f.leads, f.sales, f.repeat_sales, f.revenue_minor, f.refunds, f.refunded_minor, f.churns,
                       f.commission_minor, f.commissions, f.reversed_minor, f.paid_minor)::text AS what
                  FROM rollup_fact f WHERE f.program_id = $1 AND f.day >= $2 AND f.day < $3)
            SELECT concat_ws(' ', kind, id), w.what, f.what
              FROM wanted w FULL JOIN found f USING (kind, id) WHERE w.what IS DISTINCT FROM f.what LIMIT $4
            """),
    DAYS(
            Span.DAY,
            "days of affiliates and links add up to what is folded",
            Span.FOLDED
                    + """
            , wanted AS (
                SELECT day, affiliate_id, link_id, %s AS figures FROM folded GROUP BY 1, 2, 3),
            found AS (
                SELECT day, affiliate_id, link_id, %s AS figures FROM rollup_daily
                 WHERE program_id = $1 AND day >= $2 AND day < $3 GROUP BY 1, 2, 3)
            SELECT concat_ws(' ', day, affiliate_id, link_id), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (day, affiliate_id, link_id)
            """
                    + Span.DIFFERENT),
    PROGRAM_DAYS(
            Span.DAY,
            "days of the program, and their sources, countries, devices and codes, add up to what is folded",
            Span.FOLDED
                    + """
            , wanted AS (
                SELECT f.day, c.cut, c.value, %s AS figures
                  FROM folded f
                 CROSS JOIN LATERAL (VALUES ('', ''), ('source', f.src), ('country', f.country), ('device', f.device),
                                            ('code', f.code)) AS c (cut, value)
                 GROUP BY 1, 2, 3),
            found AS (
                SELECT day, cut, value, %s AS figures FROM rollup_program_daily
                 WHERE program_id = $1 AND day >= $2 AND day < $3 GROUP BY 1, 2, 3)
            SELECT concat_ws(' ', day, cut, value), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (day, cut, value)
            """
                    + Span.DIFFERENT),
    PROGRAM_HOURS(
            Span.DAY,
            "hours of the program add up to what is folded",
            Span.FOLDED
                    + """
            , wanted AS (
                SELECT hour, ARRAY[sum(clicks), sum(uniques)]::bigint[] AS figures FROM folded GROUP BY 1),
            found AS (
                SELECT r.hour, ARRAY[r.clicks, r.uniques] AS figures FROM rollup_program_hourly r, span
                 WHERE r.program_id = $1 AND r.hour >= span.since AND r.hour < span.until)
            SELECT hour::text, w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (hour)
             WHERE coalesce(w.figures, '{0,0}') <> coalesce(f.figures, '{0,0}') LIMIT $4
            """),
    MONTHS(
            Span.MONTH,
            "months that are closed add up to their days",
            """
            WITH closed AS (
                SELECT least($3, closed_to) AS until FROM rollup_program WHERE program_id = $1),
            wanted AS (
                SELECT date_trunc('month', d.day)::date AS month, d.affiliate_id, d.link_id, %s AS figures
                  FROM rollup_daily d, closed
                 WHERE d.program_id = $1 AND d.day >= $2 AND d.day < closed.until GROUP BY 1, 2, 3),
            found AS (
                SELECT m.month, m.affiliate_id, m.link_id, %s AS figures FROM rollup_monthly m, closed
                 WHERE m.program_id = $1 AND m.month >= $2 AND m.month < closed.until GROUP BY 1, 2, 3)
            SELECT concat_ws(' ', month, affiliate_id, link_id), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (month, affiliate_id, link_id)
            """
                    + Span.DIFFERENT),
    SHARES(
            Span.MONTH,
            "an affiliate's sources, countries, devices and codes of closed months add up to what is folded",
            Span.FOLDED
                    + """
            , closed AS (
                SELECT closed_to AS until FROM rollup_program WHERE program_id = $1),
            wanted AS (
                SELECT date_trunc('month', f.day)::date AS month, f.affiliate_id, c.cut, c.value, %s AS figures
                  FROM closed, folded f
                 CROSS JOIN LATERAL (VALUES ('source', f.src), ('country', f.country), ('device', f.device),
                                            ('code', f.code)) AS c (cut, value)
                 WHERE f.day < closed.until GROUP BY 1, 2, 3, 4),
            found AS (
                SELECT s.month, s.affiliate_id, s.cut, s.value, %s AS figures FROM rollup_share_monthly s, closed
                 WHERE s.program_id = $1 AND s.month >= $2 AND s.month < least($3, closed.until) GROUP BY 1, 2, 3, 4)
            SELECT concat_ws(' ', month, affiliate_id, cut, value), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (month, affiliate_id, cut, value)
            """
                    + Span.DIFFERENT),
    DAILY_SHARES(
            Span.DAY,
            "an affiliate's sources, countries, devices and codes of busy days add up to what is folded",
            Span.FOLDED
                    + """
            , found AS (
                SELECT s.affiliate_id, s.cut, s.value, %s AS figures FROM rollup_share_daily s
                 WHERE s.program_id = $1 AND s.day >= $2 AND s.day < $3 GROUP BY 1, 2, 3),
            wanted AS (
                SELECT f.affiliate_id, c.cut, c.value, %s AS figures
                  FROM folded f
                 CROSS JOIN LATERAL (VALUES ('', ''), ('source', f.src), ('country', f.country), ('device', f.device),
                                            ('code', f.code)) AS c (cut, value)
                 WHERE f.affiliate_id IN (SELECT s.affiliate_id FROM found s) GROUP BY 1, 2, 3)
            SELECT concat_ws(' ', $2::date, affiliate_id, cut, value), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (affiliate_id, cut, value)
            """
                    + Span.DIFFERENT),
    WINDOWS(
            Span.ALL,
            "windows add up to their days",
            """
            WITH wanted AS (
                SELECT w.since, d.affiliate_id, d.link_id, %s AS figures
                  FROM rollup_window w
                  JOIN rollup_daily d ON d.program_id = w.program_id AND d.day >= w.since AND d.day < w.until
                 WHERE w.program_id = $1 AND w.since < $3 AND w.until > $2 GROUP BY 1, 2, 3),
            found AS (
                SELECT t.since, t.affiliate_id, t.link_id, %s AS figures
                  FROM rollup_window w JOIN rollup_trailing t ON t.program_id = w.program_id AND t.since = w.since
                 WHERE w.program_id = $1 AND w.since < $3 AND w.until > $2 GROUP BY 1, 2, 3)
            SELECT concat_ws(' ', since, affiliate_id, link_id), w.figures::text, f.figures::text
              FROM wanted w FULL JOIN found f USING (since, affiliate_id, link_id)
            """
                    + Span.DIFFERENT);

    /** How much of a range one query looks at, so that it stays short, and the parts of queries that several have. */
    enum Span {
        DAY,
        MONTH,
        ALL;

        static final String FOLDED =
                """
                WITH span AS (
                    SELECT $2::date::timestamp AT TIME ZONE time_zone AS since,
                           $3::date::timestamp AT TIME ZONE time_zone AS until
                      FROM program WHERE id = $1),
                folded AS MATERIALIZED (
                    SELECT r.* FROM rollup_folded r, span
                     WHERE r.program_id = $1 AND r.day >= $2 AND r.day < $3
                       AND r.hour >= span.since - interval '1 day' AND r.hour < span.until + interval '1 day')
                """;
        /** Rows of zeros are as good as none. */
        static final String DIFFERENT =
                """
                 WHERE coalesce(w.figures, array_fill(0::bigint, ARRAY[13])) <>
                       coalesce(f.figures, array_fill(0::bigint, ARRAY[13])) LIMIT $4
                """;

        static final String SUMS =
                """
                ARRAY[sum(clicks), sum(uniques), sum(leads), sum(sales), sum(repeat_sales), sum(revenue_minor), sum(refunds),
                      sum(refunded_minor), sum(churns), sum(commission_minor), sum(commissions), sum(reversed_minor),
                      sum(paid_minor)]::bigint[]""";
    }

    final Span span;
    final String claim;
    final String sql;

    Check(Span span, String claim, String sql) {
        this.span = span;
        this.claim = claim;
        this.sql = sql.replace("%s", Span.SUMS);
    }
}
