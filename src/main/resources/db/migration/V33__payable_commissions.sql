-- All that a run reads of the commissions it pays for: those of one affiliate lie side by side here, and all over the table.
DROP INDEX commission_payable;
CREATE INDEX commission_payable ON commission (enrollment_id) INCLUDE (id, currency, amount_minor) WHERE status = 'approved';
