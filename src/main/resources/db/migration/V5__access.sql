-- Who may hold keys, and whether all of them are switched off. The row is also what issuing and switching off wait for.
CREATE TABLE api_key_owner (
    kind         text NOT NULL CHECK (kind IN ('program', 'affiliate')),
    id           uuid NOT NULL,
    disabled_at  timestamptz,
    PRIMARY KEY (kind, id)
);

CREATE TABLE api_key (
    id            uuid PRIMARY KEY,
    owner_kind    text NOT NULL,
    owner_id      uuid NOT NULL,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- how the secret begins, for people to tell keys apart; the secret itself is not kept
    hint          text NOT NULL CHECK (length(hint) <= 12),
    -- SHA-256 is enough: the secret has 256 random bits, so there is nothing to guess
    hash          bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    scopes        text[] NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz,
    -- while the owner is suspended
    disabled_at   timestamptz,
    -- grows with every change but that of last_used_at: what instances read to keep their caches fresh
    version       bigint NOT NULL DEFAULT nextval('change_version'),
    FOREIGN KEY (owner_kind, owner_id) REFERENCES api_key_owner (kind, id)
);
CREATE INDEX api_key_owner_newest ON api_key (owner_kind, owner_id, id);
CREATE INDEX api_key_version ON api_key (version);
-- What the retention job forgets
CREATE INDEX api_key_dead ON api_key (least(revoked_at, expires_at)) WHERE revoked_at IS NOT NULL OR expires_at IS NOT NULL;
