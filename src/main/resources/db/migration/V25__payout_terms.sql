-- How programs pay out, as staff set it, and which affiliates asked to be paid daily.

-- No row: the usual, as the program has it in code.
CREATE TABLE payout_terms (
    program_id             uuid PRIMARY KEY REFERENCES program,
    -- all amounts are minor units of the program's currency
    fee_flat_minor         bigint NOT NULL CHECK (fee_flat_minor BETWEEN 0 AND 1000000000000),
    fee_bps                integer NOT NULL CHECK (fee_bps BETWEEN 0 AND 10000),
    -- null = nothing limits it
    fee_most_minor         bigint CHECK (fee_most_minor BETWEEN 0 AND 1000000000000),
    cooling_hours          integer NOT NULL CHECK (cooling_hours BETWEEN 0 AND 720),
    tax_form_required      boolean NOT NULL,
    verified_papers        boolean NOT NULL,
    -- from here on a person approves, and from there on two
    automatic_under_minor  bigint NOT NULL CHECK (automatic_under_minor BETWEEN 0 AND 1000000000000),
    four_eyes_from_minor   bigint NOT NULL CHECK (four_eyes_from_minor BETWEEN 0 AND 1000000000000),
    day_of_month           smallint NOT NULL CHECK (day_of_month BETWEEN 1 AND 28),
    daily                  boolean NOT NULL,
    requests               boolean NOT NULL,
    updated_at             timestamptz NOT NULL,
    CHECK (four_eyes_from_minor >= automatic_under_minor)
);

-- Who asked to be paid daily; everybody else is paid monthly. Whether they are trusted is looked at anew each day.
CREATE TABLE payout_schedule (
    enrollment_id  uuid PRIMARY KEY REFERENCES enrollment,
    daily_since    timestamptz NOT NULL
);
