-- Who has no place is told how far it is to the last one: kept with the ranking, so that nobody looks for it.
ALTER TABLE leaderboard
    -- null: nobody has a place
    ADD COLUMN last_rank   integer CHECK (last_rank >= 1),
    ADD COLUMN last_value  bigint CHECK (last_value > 0),
    ADD CHECK ((last_rank IS NULL) = (last_value IS NULL));
UPDATE leaderboard b SET last_rank = l.rank, last_value = l.value
  FROM (SELECT DISTINCT ON (program_id, period, metric) program_id, period, metric, rank, value FROM leaderboard_place
         ORDER BY program_id, period, metric, rank DESC) l
 WHERE (l.program_id, l.period, l.metric) = (b.program_id, b.period, b.metric);
