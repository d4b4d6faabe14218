-- Every run of every batch job. The runner holds an advisory lock on a connection of its own while its run is 'running';
-- a row that is 'running' when the lock is free belongs to a process that died, and the next run marks it 'abandoned'.
CREATE TABLE job_run (
    id            uuid PRIMARY KEY,
    job           text NOT NULL,
    origin        text NOT NULL CHECK (origin IN ('command', 'schedule', 'api')),
    due_at        timestamptz, -- the scheduled moment: several instances have one schedule
    options       jsonb NOT NULL,
    dry_run       boolean NOT NULL,
    status        text NOT NULL CHECK (status IN ('running', 'succeeded', 'failed', 'abandoned')),
    started_at    timestamptz NOT NULL DEFAULT now(),
    heartbeat_at  timestamptz NOT NULL DEFAULT now(),
    finished_at   timestamptz,
    done          bigint NOT NULL DEFAULT 0,
    total         bigint, -- null: not known
    cursor        jsonb,  -- how far it came, written by the transaction that did the work
    resumed_from  uuid,
    report        text[] NOT NULL DEFAULT '{}',
    message       text,
    instance      text NOT NULL,
    CHECK ((status = 'running') = (finished_at IS NULL))
);
CREATE INDEX job_run_job ON job_run (job, id);
CREATE INDEX job_run_started ON job_run (started_at);
CREATE UNIQUE INDEX job_run_running ON job_run (job) WHERE status = 'running';
CREATE UNIQUE INDEX job_run_due ON job_run (job, due_at) WHERE due_at IS NOT NULL;

-- Forgetting begins at the oldest.
CREATE INDEX outbox_event_created ON outbox_event (created_at);
