#!/bin/sh
# How long PostgreSQL takes to find the clicks of one conversion, by the functions that the application calls, over
# whatever clicks are stored: percentiles by the kind of evidence. Reads only; the sales are of people's clicks picked at random,
# an hour after them. Usage: load-tests/attribution.sh postgresql://user@host/database [conversions a kind]
set -eu
database=$1
count=${2:-20000}
psql -X -q -v ON_ERROR_STOP=1 "$database" <<SQL
SET client_min_messages = warning;
PREPARE named (integer[], uuid[], uuid[], uuid, uuid) AS SELECT * FROM click_named(\$1, \$2, \$3, \$4, \$5);
PREPARE of_visitors (integer[], uuid[], uuid[], uuid[], uuid[], uuid, uuid, integer) AS
    SELECT * FROM click_of_visitors(\$1, \$2, \$3, \$4, \$5, \$6, \$7, \$8);
CREATE FUNCTION pg_temp.bound(at timestamptz) RETURNS uuid LANGUAGE sql RETURN
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;
CREATE TEMP TABLE sample AS
    SELECT id, visitor_id, program_id, pg_temp.bound(clicked_at + interval '65 minutes') AS newest,
           pg_temp.bound(clicked_at - interval '30 days') AS oldest,
           pg_temp.bound(greatest(clicked_at - interval '30 days',
               uuid_extract_timestamp(visitor_id) - interval '1 hour')) AS born
      FROM click TABLESAMPLE SYSTEM (0.5)
     WHERE traffic = 'human' AND credited AND visitor_id IS NOT NULL ORDER BY random() LIMIT $count;
CREATE TEMP TABLE took (kind text, ms double precision, found bigint);
DO \$\$
DECLARE
    sold record;
    kind text;
    began timestamptz;
    found bigint;
    visitor uuid;
    since uuid;
    named text;
    of_visitors text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['a click', 'a visitor', 'an unknown visitor'] LOOP
        FOR sold IN SELECT * FROM sample LOOP
            visitor := CASE WHEN kind = 'an unknown visitor' THEN gen_random_uuid() ELSE sold.visitor_id END;
            since := CASE WHEN kind = 'an unknown visitor' THEN sold.oldest ELSE sold.born END;
            named := format('EXECUTE named (%L, %L, %L, %L, %L)',
                '{0}', ARRAY[sold.program_id], ARRAY[sold.id], sold.id, sold.id);
            of_visitors := format('EXECUTE of_visitors (%L, %L, %L, %L, %L, %L, %L, 100)', '{0}', ARRAY[sold.program_id],
                ARRAY[visitor], ARRAY[since], ARRAY[sold.newest], since, sold.newest);
            began := clock_timestamp();
            IF kind = 'a click' THEN EXECUTE named; END IF;
            EXECUTE of_visitors;
            GET DIAGNOSTICS found = ROW_COUNT;
            INSERT INTO took VALUES (kind, extract(epoch FROM clock_timestamp() - began) * 1000, found);
        END LOOP;
    END LOOP;
END \$\$;
\pset footer off
SELECT sum(greatest(reltuples, 0))::bigint AS "clicks stored", count(*) AS "days" FROM pg_class JOIN pg_inherits ON inhrelid = oid
 WHERE inhparent = 'click'::regclass;
SELECT kind AS "evidence", count(*) AS "conversions", round(avg(found), 2) AS "clicks found",
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)::numeric, 2) AS "p50 ms",
       round(percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)::numeric, 2) AS "p99 ms",
       round(percentile_cont(0.999) WITHIN GROUP (ORDER BY ms)::numeric, 2) AS "p99.9 ms"
  FROM took GROUP BY kind ORDER BY kind;
SQL
