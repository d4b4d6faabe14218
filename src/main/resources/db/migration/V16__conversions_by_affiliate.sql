-- What one affiliate is credited with, newest first, without a look at everybody else's.
CREATE INDEX conversion_enrollment_id ON conversion (enrollment_id, id);
DROP INDEX conversion_enrollment;
-- Whole credits are found above; only models that share credit write here.
CREATE INDEX attribution_part ON attribution (affiliate_id, conversion_id) WHERE weight_bps < 10000;

-- For a person's archive and erasure: conversions that staff or an import gave them by name, and those that they made themselves.
CREATE INDEX conversion_named ON conversion (named_affiliate_id, id) WHERE named_affiliate_id IS NOT NULL;
CREATE INDEX conversion_self_referral ON conversion (id) WHERE reason_code = 'self_referral';
CREATE INDEX conversion_import_row_conversion ON conversion_import_row (conversion_id) WHERE conversion_id IS NOT NULL;
