package dev.tributary.conversion.attribution;

import dev.tributary.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Clicks of any moment, straight in the database, with the partition that they need. */
final class Clicked {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String PARTITION =
            """
            SET LOCAL client_min_messages = warning;
            CREATE TABLE IF NOT EXISTS click_%1$s PARTITION OF click FOR VALUES FROM ('%2$s') TO ('%3$s')
            """;
    private static final String INSERT =
            """
            INSERT INTO click (id, clicked_at, link_id, program_id, affiliate_id, visitor_id, origin, traffic, visit,
                   credited, flood, ip_prefix, ip_hash, fingerprint, country, device, os, browser, referrer_host,
                   landing_page, src, sub1, sub2, sub3, sub4, sub5, external_click_id, fetch_dest, fetch_mode, fetch_site)
            VALUES ($1, $2, $3, $4, $5, $6, 'redirect', $7, 'unique', $8, false, '', '', '', '', '', '', '', '', '',
                    'news', '', '', '', '', '', '', '', '', '')
            """;

    private Clicked() {}

    /** A UUIDv7 of a moment. */
    static UUID id(Instant moment) {
        UUID floor = Ids.floor(moment);
        long random = ThreadLocalRandom.current().nextLong();
        return new UUID(
                floor.getMostSignificantBits() | random & 0xfff, floor.getLeastSignificantBits() | random >>> 2);
    }

    static UUID make(
            Pool pool,
            Instant moment,
            Joined whose,
            UUID program,
            @Nullable UUID visitor,
            String traffic,
            boolean credited) {
        UUID id = id(moment);
        LocalDate day = moment.atZone(ZoneOffset.UTC).toLocalDate();
        String sql = PARTITION.formatted(day.toString().replace("-", ""), bound(day), bound(day.plusDays(1)));
        pool.query(sql).execute().await().atMost(ANSWER);
        Tuple row = Tuple.tuple()
                .addUUID(id)
                .addOffsetDateTime(moment.atOffset(ZoneOffset.UTC))
                .addUUID(whose.link())
                .addUUID(program)
                .addUUID(whose.affiliate())
                .addUUID(visitor)
                .addString(traffic)
                .addBoolean(credited);
        pool.preparedQuery(INSERT).execute(row).await().atMost(ANSWER);
        return id;
    }

    private static UUID bound(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }
}
