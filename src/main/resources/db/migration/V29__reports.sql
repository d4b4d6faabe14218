-- Reports that the rollups cannot tell, computed by a job for those who are so large that nobody should wait for it.

-- Who signed up when.
CREATE INDEX referral_program_signed_up ON referral (program_id, signed_up_at);

-- Of whom cohorts are kept, and as of when. The zero id in place of an affiliate's is the whole program.
CREATE TABLE report_cohorts (
    program_id    uuid NOT NULL,
    affiliate_id  uuid NOT NULL,
    unit          text NOT NULL CHECK (unit IN ('month', 'week')),
    computed_at   timestamptz NOT NULL,
    PRIMARY KEY (program_id, affiliate_id, unit)
);

-- What the customers who signed up in a month or week did when they were so many months or weeks old.
CREATE TABLE report_cohort (
    program_id     uuid NOT NULL,
    affiliate_id   uuid NOT NULL,
    unit           text NOT NULL,
    cohort         date NOT NULL,
    age            integer NOT NULL CHECK (age >= 0),
    referrals      bigint NOT NULL,
    converted      bigint NOT NULL,
    churned        bigint NOT NULL,
    buyers         bigint NOT NULL,
    sales          bigint NOT NULL,
    revenue_minor  bigint NOT NULL,
    PRIMARY KEY (program_id, affiliate_id, unit, cohort, age),
    FOREIGN KEY (program_id, affiliate_id, unit) REFERENCES report_cohorts ON DELETE CASCADE
);
