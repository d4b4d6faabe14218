package dev.tributary.click;

import dev.tributary.id.Ids;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lander's statements, each on the connection given: the lander keeps one that nothing else uses. */
final class ClickRepository {
    /**
     * Inserts a batch and counts what was really inserted, in one statement: landing it again changes nothing. Both inserts
     * are in the order of their keys; in any other order two instances wait for each other in a circle (measured). The
     * arrays come sorted by id, and {@code unnest} in the select list keeps that order; as one {@code FROM unnest(...)} each
     * column would be copied through a store of its own. The hours are marked for the rollups under a lock that is shared
     * until the commit with all who land: whoever takes marks away holds it alone, so none is lost (V26).
     */
    static final String LAND =
            """
            WITH landed AS (
              INSERT INTO click (id, clicked_at, link_id, program_id, affiliate_id, visitor_id, origin, traffic, visit,
                     credited, flood, ip_prefix, ip_hash, fingerprint, country, device, os, browser, referrer_host,
                     landing_page, src, sub1, sub2, sub3, sub4, sub5, external_click_id, fetch_dest, fetch_mode,
                     fetch_site, ad_params)
              SELECT unnest($1::uuid[]), unnest($2::timestamptz[]), unnest($3::uuid[]), unnest($4::uuid[]),
                     unnest($5::uuid[]), unnest($6::uuid[]), unnest($7::text[]), unnest($8::text[]),
                     unnest($9::text[]), unnest($10::boolean[]), unnest($11::boolean[]), unnest($12::text[]),
                     unnest($13::bytea[]), unnest($14::bytea[]), unnest($15::text[]), unnest($16::text[]),
                     unnest($17::text[]), unnest($18::text[]), unnest($19::text[]), unnest($20::text[]),
                     unnest($21::text[]), unnest($22::text[]), unnest($23::text[]), unnest($24::text[]),
                     unnest($25::text[]), unnest($26::text[]), unnest($27::text[]), unnest($28::text[]),
                     unnest($29::text[]), unnest($30::text[]), unnest($31::jsonb[])
              ON CONFLICT DO NOTHING
              RETURNING id, clicked_at, link_id, program_id, affiliate_id, traffic, visit, country, device
            ), counted AS (
              INSERT INTO click_hourly AS h (hour, link_id, src, country, device, program_id, affiliate_id, clicks,
                     uniques, duplicates, unverified, bots, prefetches, heads, late_clicks, late_uniques)
              SELECT c.*, CASE WHEN rollup_is_late(c.hour) THEN c.clicks ELSE 0 END,
                     CASE WHEN rollup_is_late(c.hour) THEN c.uniques ELSE 0 END
                FROM (
                  SELECT date_trunc('hour', l.clicked_at, 'UTC') AS hour, l.link_id, r.src, l.country, l.device,
                         l.program_id, l.affiliate_id,
                         count(*) FILTER (WHERE traffic = 'human') AS clicks,
                         count(*) FILTER (WHERE visit = 'unique') AS uniques,
                         count(*) FILTER (WHERE visit = 'duplicate'),
                         count(*) FILTER (WHERE visit = 'unverified'),
                         count(*) FILTER (WHERE traffic = 'bot'),
                         count(*) FILTER (WHERE traffic = 'prefetch'),
                         count(*) FILTER (WHERE traffic = 'head')
                    FROM landed l
                    JOIN unnest($1::uuid[], $32::text[]) AS r (id, src) ON r.id = l.id
                   GROUP BY 1, 2, 3, 4, 5, 6, 7) c
               ORDER BY c.hour, c.link_id, c.src, c.country, c.device
              ON CONFLICT (hour, link_id, src, country, device) DO UPDATE
                 SET clicks = h.clicks + excluded.clicks, uniques = h.uniques + excluded.uniques,
                     duplicates = h.duplicates + excluded.duplicates, unverified = h.unverified + excluded.unverified,
                     bots = h.bots + excluded.bots, prefetches = h.prefetches + excluded.prefetches,
                     heads = h.heads + excluded.heads,
                     late_clicks = h.late_clicks + excluded.late_clicks,
                     late_uniques = h.late_uniques + excluded.late_uniques
            ), due AS (
              INSERT INTO rollup_due (program_id, hour)
              SELECT DISTINCT l.program_id, date_trunc('hour', l.clicked_at, 'UTC')
                FROM landed l
               WHERE l.traffic = 'human' AND (SELECT pg_advisory_xact_lock_shared(7234026)) IS NOT NULL
               ORDER BY 1, 2
              ON CONFLICT DO NOTHING
            )
            SELECT count(*) FROM landed
            """;

    /**
     * The same for clicks that are not there yet, at nine tenths of the cost (measured); one that is there fails it with
     * {@link #UNIQUE_VIOLATION}.
     */
    private static final String LAND_FRESH = LAND.replaceFirst("ON CONFLICT DO NOTHING", "");

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String QUARANTINE =
            """
            INSERT INTO click_quarantine (id, reason, detail, record) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
            """;
    private static final String ADMIT =
            """
            SELECT link_id, day, src FROM click_source_admit($1, $2, $3, $4)
            """;
    private static final String BEAT =
            """
            INSERT INTO click_journal (id, host, directory, backlog, heartbeat) VALUES ($1, $2, $3, $4, now())
            ON CONFLICT (id) DO UPDATE SET host = $2, directory = $3, backlog = $4, heartbeat = now()
            """;
    private static final String PARTITIONS =
            """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'click'::regclass AND NOT i.inhdetachpending
            """;

    private static final String LEFTOVERS =
            """
            SELECT c.relname, coalesce(i.inhdetachpending, false) AS pending FROM pg_class c
              LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = 'click'::regclass
             WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'click'::regclass)
               AND c.relkind = 'r' AND c.relname ~ '^click_20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$'
               AND (i.inhrelid IS NULL OR i.inhdetachpending)
             ORDER BY 1
            """;

    private ClickRepository() {}

    /** Lands a batch in id order; answers how many rows are new. {@code counted} names each click's rollup source. */
    static Future<Long> land(SqlClient client, List<LandedClick> clicks, LandedClick.Visit[] visits, String[] counted) {
        Tuple arguments = Columns.of(clicks, visits);
        arguments.addValue(counted);
        return land(client, LAND_FRESH, arguments)
                .recover(failure ->
                        failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState())
                                ? land(client, LAND, arguments)
                                : Future.failedFuture(failure));
    }

    private static Future<Long> land(SqlClient client, String sql, Tuple arguments) {
        return client.preparedQuery(sql)
                .execute(arguments)
                .map(rows -> rows.iterator().next().getLong(0));
    }

    static Future<RowSet<Row>> quarantine(SqlClient client, UUID id, String reason, String detail, byte[] record) {
        return client.preparedQuery(QUARANTINE).execute(Tuple.of(id, reason, detail, Buffer.buffer(record)));
    }

    /** Admits source tags to the rollup, at most so many a link and day, and answers those that are in. */
    static Future<Set<SourceTags.Tag>> admit(SqlClient client, List<SourceTags.Tag> tags, int atMost) {
        Tuple arguments = Tuple.of(
                tags.stream().map(SourceTags.Tag::linkId).toArray(UUID[]::new),
                tags.stream().map(SourceTags.Tag::day).toArray(LocalDate[]::new),
                tags.stream().map(SourceTags.Tag::src).toArray(String[]::new),
                atMost);
        return client.preparedQuery(ADMIT).execute(arguments).map(rows -> {
            Set<SourceTags.Tag> admitted = new HashSet<>();
            for (Row row : rows) {
                admitted.add(new SourceTags.Tag(row.getUUID(0), row.getLocalDate(1), row.getString(2)));
            }
            return admitted;
        });
    }

    /** Tells everyone that this journal lives, and how much of it is not landed. */
    static Future<RowSet<Row>> beat(SqlClient client, UUID journal, String host, String directory, long backlog) {
        return client.preparedQuery(BEAT).execute(Tuple.of(journal, host, directory, backlog));
    }

    /** The names of the click table's partitions. */
    static Future<List<String>> partitions(SqlClient client) {
        return client.preparedQuery(PARTITIONS).execute().map(rows -> {
            List<String> names = new ArrayList<>();
            for (Row row : rows) names.add(row.getString(0));
            return names;
        });
    }

    /** Tables that look like partitions of a day and are none, with whether one is still being detached. */
    static Future<Map<String, Boolean>> leftovers(SqlClient client) {
        return client.preparedQuery(LEFTOVERS).execute().map(rows -> {
            Map<String, Boolean> found = new LinkedHashMap<>();
            for (Row row : rows) found.put(row.getString(0), row.getBoolean(1));
            return found;
        });
    }

    /** The batch as one array a column. */
    static final class Columns {
        private Columns() {}

        static Tuple of(List<LandedClick> clicks, LandedClick.Visit[] visits) {
            Tuple row = Tuple.tuple();
            row.addValue(array(clicks, c -> c.click().id(), new UUID[clicks.size()]));
            row.addValue(array(clicks, Columns::clickedAt, new OffsetDateTime[clicks.size()]));
            row.addValue(array(clicks, c -> c.click().linkId(), new UUID[clicks.size()]));
            row.addValue(array(clicks, c -> c.click().programId(), new UUID[clicks.size()]));
            row.addValue(array(clicks, c -> c.click().affiliateId(), new UUID[clicks.size()]));
            row.addValue(array(clicks, c -> c.click().visitorId(), new UUID[clicks.size()]));
            row.addValue(texts(clicks, c -> c.click().origin() == Click.Origin.SCRIPT ? "script" : "redirect"));
            row.addValue(texts(clicks, c -> c.traffic().label));
            String[] labels = new String[visits.length];
            for (int i = 0; i < labels.length; i++) labels[i] = visits[i].label;
            row.addValue(labels);
            row.addValue(array(clicks, c -> c.click().credited(), new Boolean[clicks.size()]));
            row.addValue(array(clicks, LandedClick::flood, new Boolean[clicks.size()]));
            row.addValue(texts(clicks, LandedClick::ipPrefix));
            row.addValue(array(clicks, c -> Buffer.buffer(c.ipHash()), new Buffer[clicks.size()]));
            row.addValue(array(clicks, c -> Buffer.buffer(c.fingerprint()), new Buffer[clicks.size()]));
            row.addValue(texts(clicks, LandedClick::country));
            row.addValue(texts(clicks, c -> c.device().kind()));
            row.addValue(texts(clicks, c -> c.device().os()));
            row.addValue(texts(clicks, c -> c.device().browser()));
            row.addValue(texts(clicks, LandedClick::referrerHost));
            row.addValue(texts(clicks, c -> c.click().landingPage()));
            row.addValue(texts(clicks, c -> c.click().src()));
            for (int i = 0; i < 5; i++) {
                int sub = i;
                row.addValue(texts(clicks, c -> c.click().subs().get(sub)));
            }
            row.addValue(texts(clicks, c -> c.click().externalClickId()));
            row.addValue(texts(clicks, c -> c.click().fetchDest()));
            row.addValue(texts(clicks, c -> c.click().fetchMode()));
            row.addValue(texts(clicks, c -> c.click().fetchSite()));
            row.addValue(array(clicks, Columns::adParams, new Object[clicks.size()]));
            return row;
        }

        private static OffsetDateTime clickedAt(LandedClick click) {
            return Ids.timeOf(click.click().id()).atOffset(ZoneOffset.UTC);
        }

        private static @Nullable Object adParams(LandedClick click) {
            return click.click().adParams().isEmpty()
                    ? null
                    : new JsonObject(click.click().adParams());
        }

        private static String[] texts(List<LandedClick> clicks, Function<LandedClick, String> column) {
            return array(clicks, column, new String[clicks.size()]);
        }

        private static <T> T[] array(List<LandedClick> clicks, Function<LandedClick, ? extends T> column, T[] into) {
            for (int i = 0; i < into.length; i++) into[i] = column.apply(clicks.get(i));
            return into;
        }
    }
}
