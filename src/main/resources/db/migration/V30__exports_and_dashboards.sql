-- Exports and dashboards: what they read without a look at everything else.

-- Rows of one program in the order of their ids, without a look at everybody else's: exports read them slice by slice.
CREATE INDEX referral_program ON referral (program_id, id);
CREATE INDEX refund_program ON refund (program_id, id);

-- What dashboards count of payouts, out of the index alone.
DROP INDEX payout_program;
CREATE INDEX payout_program ON payout (program_id, id)
    INCLUDE (state, currency, rail, gross_minor, fee_minor, withheld_minor);
CREATE INDEX payout_open ON payout (program_id, state)
    INCLUDE (currency, gross_minor, fee_minor, withheld_minor)
    WHERE state IN ('requested', 'approved', 'submitted', 'unknown');
CREATE INDEX payout_failed ON payout (program_id, ended_at) WHERE state IN ('failed', 'returned');

-- Those few that somebody should look at.
CREATE INDEX commission_held ON commission (program_id, affiliate_id) WHERE status = 'held';
CREATE INDEX affiliate_suspect ON affiliate (id) WHERE fraud_status <> 'clear' OR fraud_score >= 60;
