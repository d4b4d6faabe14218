-- The demo's links (ECO10, DEMO0001..DEMO1000) for a build without TRIBUTARY_DEMO; changes nothing where they exist.
INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
SELECT '01999999-0000-7000-8000-000000000001', 'Load', 'load@affiliates.example', 'load@affiliates.example', 'active', now(), now()
ON CONFLICT DO NOTHING;
INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at, updated_at)
SELECT '01999999-0000-7000-8000-000000000002', 'Load', 'load', 'https://eco.example/', '{eco.example}', 'EUR', 'UTC', 'tributary', now(), now()
ON CONFLICT DO NOTHING;
INSERT INTO referral_code (code_key, created_at)
SELECT code, now() FROM (SELECT 'ECO10' UNION ALL SELECT 'DEMO' || lpad(n::text, 4, '0') FROM generate_series(1, 1000) n) c (code)
ON CONFLICT DO NOTHING;
INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
SELECT '01999999-0000-7000-8000-000000000003', p.id, a.id, 'active', 'ECO10', 'ECO10', now(), now()
  FROM program p, affiliate a WHERE p.slug = 'load' AND a.email_key = 'load@affiliates.example'
ON CONFLICT DO NOTHING;
INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, status, created_at, updated_at)
SELECT gen_random_uuid(), e.id, e.program_id, e.affiliate_id, c.code_key, c.code_key, 'active', now(), now()
  FROM referral_code c, enrollment e
 WHERE e.id = '01999999-0000-7000-8000-000000000003' AND (c.code_key = 'ECO10' OR c.code_key ~ '^DEMO[0-9]{4}$')
ON CONFLICT DO NOTHING;
