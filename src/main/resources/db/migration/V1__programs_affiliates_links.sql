-- Every row that the redirect's link cache reads carries a version from one sequence: a reader that knows the highest it
-- has seen asks for what came after (minus an overlap, because transactions commit out of order).
CREATE SEQUENCE change_version;

CREATE TABLE affiliate (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    email        text NOT NULL,
    email_key    text NOT NULL UNIQUE,
    status       text NOT NULL CHECK (status IN ('pending', 'active', 'paused', 'suspended', 'banned', 'closed')),
    country      text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    version      bigint NOT NULL DEFAULT nextval('change_version')
);
CREATE INDEX affiliate_version ON affiliate (version);

CREATE TABLE program (
    id             uuid PRIMARY KEY,
    name           text NOT NULL,
    slug           text NOT NULL UNIQUE,
    landing_url    text NOT NULL,
    allowed_hosts  text[] NOT NULL,
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    time_zone      text NOT NULL,
    utm_source     text NOT NULL,
    -- how long a click may earn, and so how long the browser keeps its id
    window_days    integer NOT NULL DEFAULT 30 CHECK (window_days BETWEEN 1 AND 365),
    honor_gpc      boolean NOT NULL DEFAULT true,
    active         boolean NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    version        bigint NOT NULL DEFAULT nextval('change_version')
);
CREATE INDEX program_version ON program (version);

-- One namespace for every code that can stand in /r/{code} or ?ref=; both enrollments and links take theirs from here.
CREATE TABLE referral_code (
    code_key    text PRIMARY KEY,
    created_at  timestamptz NOT NULL
);

CREATE TABLE enrollment (
    id             uuid PRIMARY KEY,
    program_id     uuid NOT NULL REFERENCES program,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    status         text NOT NULL CHECK (status IN ('pending', 'active', 'paused', 'suspended', 'banned', 'closed')),
    referral_code  text NOT NULL,
    code_key       text NOT NULL UNIQUE REFERENCES referral_code,
    -- when it first became active, which is told downstream once
    approved_at    timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    version        bigint NOT NULL DEFAULT nextval('change_version'),
    UNIQUE (program_id, affiliate_id)
);
CREATE INDEX enrollment_version ON enrollment (version);
CREATE INDEX enrollment_affiliate ON enrollment (affiliate_id);

CREATE TABLE link (
    id             uuid PRIMARY KEY,
    enrollment_id  uuid NOT NULL REFERENCES enrollment,
    program_id     uuid NOT NULL REFERENCES program,
    affiliate_id   uuid NOT NULL REFERENCES affiliate,
    code           text NOT NULL,
    code_key       text NOT NULL UNIQUE REFERENCES referral_code,
    -- '' = the program's landing page, also when that changes later
    destination    text NOT NULL DEFAULT '',
    src            text NOT NULL DEFAULT '',
    sub1           text NOT NULL DEFAULT '',
    sub2           text NOT NULL DEFAULT '',
    sub3           text NOT NULL DEFAULT '',
    sub4           text NOT NULL DEFAULT '',
    sub5           text NOT NULL DEFAULT '',
    status         text NOT NULL CHECK (status IN ('active', 'paused')),
    expires_at     timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    version        bigint NOT NULL DEFAULT nextval('change_version')
);
CREATE INDEX link_version ON link (version);
CREATE INDEX link_enrollment ON link (enrollment_id);
CREATE INDEX link_program ON link (program_id, id);
CREATE INDEX link_affiliate ON link (affiliate_id, id);
