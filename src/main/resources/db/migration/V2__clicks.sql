-- Keys that every instance shares: made on first use, wrapped by the master key where one is configured.
CREATE TABLE shared_key (
    purpose     text NOT NULL,
    epoch       bigint NOT NULL,
    material    bytea NOT NULL,
    wrapped     boolean NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (purpose, epoch)
);

-- Ids are UUIDv7, so a range of ids is a range of time; partitions are whole UTC days of it. There is no default
-- partition: a click that fits none is set aside with its reason instead of hiding where no report looks.
CREATE TABLE click (
    id                 uuid NOT NULL,
    clicked_at         timestamptz NOT NULL,
    landed_at          timestamptz NOT NULL DEFAULT now(),
    link_id            uuid NOT NULL,
    program_id         uuid NOT NULL,
    affiliate_id       uuid NOT NULL,
    visitor_id         uuid,
    origin             text NOT NULL CHECK (origin IN ('redirect', 'script')),
    traffic            text NOT NULL CHECK (traffic IN ('human', 'bot', 'prefetch', 'head')),
    visit              text NOT NULL CHECK (visit IN ('unique', 'duplicate', 'unverified', 'none')),
    credited           boolean NOT NULL,
    flood              boolean NOT NULL,
    ip_prefix          text NOT NULL,
    ip_hash            bytea NOT NULL,
    fingerprint        bytea NOT NULL,
    country            text NOT NULL,
    device             text NOT NULL,
    os                 text NOT NULL,
    browser            text NOT NULL,
    referrer_host      text NOT NULL,
    landing_page       text NOT NULL,
    src                text NOT NULL,
    sub1               text NOT NULL,
    sub2               text NOT NULL,
    sub3               text NOT NULL,
    sub4               text NOT NULL,
    sub5               text NOT NULL,
    external_click_id  text NOT NULL,
    fetch_dest         text NOT NULL,
    fetch_mode         text NOT NULL,
    fetch_site         text NOT NULL,
    ad_params          jsonb,
    PRIMARY KEY (id)
) PARTITION BY RANGE (id);

-- The exact hourly rollup, written only by the statement that inserts clicks. '' = none in every key column.
CREATE TABLE click_hourly (
    hour          timestamptz NOT NULL,
    link_id       uuid NOT NULL,
    src           text NOT NULL,
    country       text NOT NULL,
    device        text NOT NULL,
    program_id    uuid NOT NULL,
    affiliate_id  uuid NOT NULL,
    clicks        bigint NOT NULL,
    uniques       bigint NOT NULL,
    duplicates    bigint NOT NULL,
    unverified    bigint NOT NULL,
    bots          bigint NOT NULL,
    prefetches    bigint NOT NULL,
    heads         bigint NOT NULL,
    PRIMARY KEY (hour, link_id, src, country, device)
) WITH (fillfactor = 70);

-- Which source tags of a link have a row of their own in the rollup on a day: the first hundred, the rest are '(other)'.
CREATE TABLE click_source (
    link_id  uuid NOT NULL,
    day      date NOT NULL,
    src      text NOT NULL,
    PRIMARY KEY (link_id, day, src)
);

-- Admits source tags up to the limit and answers those that are in, for links and days in one order everywhere, so that
-- two landers never wait for each other in a circle.
CREATE FUNCTION click_source_admit(links uuid[], days date[], tags text[], at_most integer)
    RETURNS TABLE (link_id uuid, day date, src text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    wanted record;
BEGIN
    FOR wanted IN SELECT DISTINCT w.l, w.d, w.t FROM unnest(links, days, tags) AS w(l, d, t) ORDER BY 1, 2, 3 LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(wanted.l::text || wanted.d::text, 7));
        INSERT INTO click_source AS s (link_id, day, src)
        SELECT wanted.l, wanted.d, wanted.t
         WHERE (SELECT count(*) FROM click_source c WHERE c.link_id = wanted.l AND c.day = wanted.d) < at_most
        ON CONFLICT DO NOTHING;
        RETURN QUERY SELECT c.link_id, c.day, c.src FROM click_source c
                      WHERE c.link_id = wanted.l AND c.day = wanted.d AND c.src = wanted.t;
    END LOOP;
END $$;

-- Clicks that cannot stand in the click table, whole and with the reason, so that nothing acknowledged is ever dropped.
CREATE TABLE click_quarantine (
    id              uuid PRIMARY KEY,
    reason          text NOT NULL,
    detail          text NOT NULL,
    record          bytea NOT NULL,
    quarantined_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX click_quarantine_at ON click_quarantine (quarantined_at);

-- Every journal directory that ever appended: one with unlanded clicks and no heartbeat has lost its owner.
CREATE TABLE click_journal (
    id           uuid PRIMARY KEY,
    host         text NOT NULL,
    directory    text NOT NULL,
    backlog      bigint NOT NULL, -- bytes that are on its disk and not in the click table
    heartbeat    timestamptz NOT NULL
);
