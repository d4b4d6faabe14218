package dev.tributary.link;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The rows of the demo: two programs, one of them with three tiers, twelve affiliates, fourteen enrollments with their default links, and 1,000 further
 * links.
 *
 * <p>It writes three other rooms' tables, because going through their doors would take 3,000 statements at every start.
 * Ids are fixed (UUIDv7 values of 2026-01-01), so a second load finds the first. What an installation has changed, or
 * holds under one of these codes itself, is left as it is; rows that are there take no new version, or each start would
 * make every instance read its links again.
 */
@ApplicationScoped
class DemoRepository {
    private static final String PROGRAMS =
            """
            INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, window_days,
                                 created_at, updated_at)
            SELECT ('019b76da-a800-7000-8000-00000000000' || n)::uuid, name, slug, url, hosts, currency, zone, slug, days,
                   '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
              FROM (VALUES
                   (1, 'Eco Goods', 'eco-goods', 'https://example.com/shop', ARRAY['example.com', '*.example.com'],
                    'USD', 'America/New_York', 30),
                   (2, 'Cloud Notes', 'cloud-notes', 'https://example.org/pricing', ARRAY['example.org'],
                    'EUR', 'Europe/Berlin', 90)) AS demo (n, name, slug, url, hosts, currency, zone, days)
             WHERE NOT EXISTS (SELECT FROM program p WHERE p.slug = demo.slug)
            ON CONFLICT DO NOTHING
            """;
    private static final String AFFILIATES =
            """
            INSERT INTO affiliate (id, name, email, email_key, status, country, created_at, updated_at)
            SELECT ('019b76da-a800-7000-8000-' || lpad(n::text, 12, '0'))::uuid, name, email, email, 'active', country,
                   '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
              FROM (SELECT *, lower(split_part(name, ' ', 1)) || '@affiliates.example' AS email
                      FROM (VALUES (1, 'Ada Green', 'US'), (2, 'Ben Rivers', 'GB'), (3, 'Chloe Park', 'CA'),
                                   (4, 'Deniz Kaya', 'TR'), (5, 'Elena Rossi', 'IT'), (6, 'Femi Ade', 'NG'),
                                   (7, 'Grace Lin', 'SG'), (8, 'Hugo Martin', 'FR'), (9, 'Ines Silva', 'PT'),
                                   (10, 'Jonas Weber', 'DE'), (11, 'Kira Novak', 'CZ'), (12, 'Liam Byrne', 'IE'))
                           AS people (n, name, country)) AS demo
             WHERE NOT EXISTS (SELECT FROM affiliate a WHERE a.email_key = demo.email)
            ON CONFLICT DO NOTHING
            """;
    /** One referral code an enrollment; the last two show a paused and a suspended one, whose visits earn nothing. */
    private static final String WANTED =
            """
            WITH wanted AS (
                SELECT ('019b76da-a800-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id,
                       ('019b76da-a800-7000-8000-00000000000' || program)::uuid AS program_id,
                       ('019b76da-a800-7000-8000-' || lpad(affiliate::text, 12, '0'))::uuid AS affiliate_id, code, status
                  FROM (VALUES (1, 1, 1, 'ECO10', 'active'), (2, 1, 2, 'BEN', 'active'), (3, 1, 3, 'CHLOE', 'active'),
                               (4, 1, 4, 'DENIZ', 'active'), (5, 1, 5, 'ELENA', 'active'), (6, 1, 6, 'FEMI', 'active'),
                               (7, 1, 7, 'GRACE', 'active'), (8, 1, 8, 'HUGO', 'active'), (9, 2, 9, 'NOTES-INES', 'active'),
                               (10, 2, 10, 'NOTES-JONAS', 'active'), (11, 2, 1, 'NOTES-ADA', 'active'),
                               (12, 2, 2, 'NOTES-BEN', 'active'), (13, 2, 11, 'NOTES-KIRA', 'paused'),
                               (14, 2, 12, 'NOTES-LIAM', 'suspended'))
                       AS demo (n, program, affiliate, code, status))
            """;

    private static final String MARKS =
            """
            WITH marked AS (
                SELECT n, 'DEMO' || lpad(n::text, 4, '0') AS code,
                       ('019b76da-a800-7000-8000-' || lpad((n % 8 + 1)::text, 12, '0'))::uuid AS enrollment_id,
                       ('019b76da-a800-7000-8000-' || lpad((100000 + n)::text, 12, '0'))::uuid AS id
                  FROM generate_series(1, 1000) AS n)
            """;
    private static final String CODES = WANTED
            + """
            INSERT INTO referral_code (code_key, created_at)
            SELECT code, '2026-01-01T00:00:00Z' FROM wanted ON CONFLICT DO NOTHING
            """;
    private static final String ENROLLMENTS = WANTED
            + """
            INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, approved_at, created_at,
                                    updated_at)
            SELECT id, program_id, affiliate_id, status, code, code, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z',
                   '2026-01-01T00:00:00Z'
              FROM wanted
              JOIN (SELECT id AS program_id FROM program) AS p USING (program_id)
              JOIN (SELECT id AS affiliate_id FROM affiliate) AS a USING (affiliate_id)
             WHERE NOT EXISTS (SELECT FROM enrollment e WHERE e.id = wanted.id)
               AND NOT EXISTS (SELECT FROM link l WHERE l.code_key = wanted.code)
            ON CONFLICT DO NOTHING
            """;
    private static final String DEFAULT_LINKS = WANTED
            + """
            INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, status, created_at, updated_at)
            SELECT e.id, e.id, e.program_id, e.affiliate_id, e.referral_code, e.code_key, 'active', e.created_at, e.created_at
              FROM wanted JOIN enrollment e USING (id)
             WHERE NOT EXISTS (SELECT FROM link l WHERE l.code_key = e.code_key)
            ON CONFLICT DO NOTHING
            """;
    private static final String MARK_CODES = MARKS
            + """
            INSERT INTO referral_code (code_key, created_at)
            SELECT code, '2026-01-01T00:00:00Z' FROM marked ON CONFLICT DO NOTHING
            """;
    private static final String MARKED_LINKS = MARKS
            + """
            INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, src, status, created_at, updated_at)
            SELECT m.id, e.id, e.program_id, e.affiliate_id, m.code, m.code,
                   (ARRAY['', 'newsletter', 'youtube', 'instagram', 'blog'])[m.n % 5 + 1], 'active', e.created_at,
                   e.created_at
              FROM marked m JOIN enrollment e ON e.id = m.enrollment_id
             WHERE NOT EXISTS (SELECT FROM link l WHERE l.code_key = m.code)
               AND NOT EXISTS (SELECT FROM enrollment o WHERE o.code_key = m.code)
            ON CONFLICT DO NOTHING
            """;
    private static final String TIERS =
            """
            INSERT INTO tier (id, program_id, name, rank, min_conversions, min_revenue_minor, rate_bps, min_payout_minor, perks,
                              created_at, updated_at)
            SELECT ('019b76da-a800-7000-8000-00000000000' || n)::uuid, p.id, demo.name, rank, conversions, revenue, bps, payout,
                   perks::jsonb, p.created_at, p.created_at
              FROM (VALUES (1, 1, 'Bronze', 10, 0, 0, 1000, NULL::bigint, '[]'),
                           (2, 1, 'Silver', 20, 10, 100000, 1500, NULL,
                            '[{"icon": "headset", "title": "Priority support"}]'),
                           (3, 1, 'Gold', 30, 50, 1000000, 2000, 2500,
                            '[{"icon": "rocket", "title": "Early access", "description": "Try new products a month ahead"}]'))
                   AS demo (n, program, name, rank, conversions, revenue, bps, payout, perks)
              JOIN program p ON p.id = ('019b76da-a800-7000-8000-00000000000' || program)::uuid
            ON CONFLICT DO NOTHING
            """;
    private static final List<String> IN_ORDER =
            List.of(PROGRAMS, TIERS, AFFILIATES, CODES, ENROLLMENTS, DEFAULT_LINKS, MARK_CODES, MARKED_LINKS);

    /** Inserts what is not there and tells how many rows that were. */
    Uni<Integer> insert(SqlConnection tx) {
        return Multi.createFrom()
                .iterable(IN_ORDER)
                .onItem()
                .transformToUniAndConcatenate(sql -> tx.query(sql).execute())
                .collect()
                .asList()
                .map(results -> results.stream().mapToInt(RowSet::rowCount).sum());
    }
}
