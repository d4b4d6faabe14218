-- Nobody has looked is neither low nor zero. The latest score of the table fraud_score is repeated here, where lists show it.
ALTER TABLE affiliate ALTER COLUMN fraud_score DROP NOT NULL, ALTER COLUMN fraud_score DROP DEFAULT;
UPDATE affiliate a SET fraud_score = (SELECT score FROM fraud_score f WHERE f.affiliate_id = a.id);
