package dev.tributary.conversion;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tributary.Promoter;
import dev.tributary.id.Ids;
import dev.tributary.money.Money;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The merchant of one promoter's program, in EUR, and what the database has of it. */
public final class Shop {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String PARTITION =
            """
            SET LOCAL client_min_messages = warning;
            CREATE TABLE IF NOT EXISTS click_%1$s PARTITION OF click FOR VALUES FROM ('%2$s') TO ('%3$s')
            """;
    private static final String CLICK =
            """
            INSERT INTO click (id, clicked_at, link_id, program_id, affiliate_id, visitor_id, origin, traffic, visit, credited,
                   flood, ip_prefix, ip_hash, fingerprint, country, device, os, browser, referrer_host, landing_page, src,
                   sub1, sub2, sub3, sub4, sub5, external_click_id, fetch_dest, fetch_mode, fetch_site)
            SELECT $1, $2, l.id, l.program_id, l.affiliate_id, $4, 'redirect', $5, 'unique', true, false, '', '', '', '', '',
                   '', '', '', '', $6, '', '', '', '', '', '', '', '', ''
              FROM link l WHERE l.id = $3
            """;
    private static final String CODE =
            """
            INSERT INTO discount_code (id, program_id, enrollment_id, code, code_key, status, created_at, updated_at)
            VALUES ($1, $2, $2, $3, $3, 'active', now(), now())
            """;

    private final Pool pool;
    private final Promoter promoter;

    public Shop(Pool pool, Promoter promoter) {
        this.pool = pool;
        this.promoter = promoter;
    }

    public UUID program() {
        return promoter.id();
    }

    /** A click on the promoter's link that has landed. */
    public UUID click(Duration ago) {
        return click(ago, null, "human", "news");
    }

    public UUID click(Duration ago, @Nullable UUID visitor, String traffic, String src) {
        Instant at = now().minus(ago);
        UUID id = clickId(at);
        land(id, visitor, traffic, src);
        return id;
    }

    /** The id that a click of a moment has, wherever the click is. */
    public static UUID clickId(Instant at) {
        return UuidCreator.getTimeOrderedEpoch(at);
    }

    public void land(UUID id, @Nullable UUID visitor, String traffic, String src) {
        Instant at = Ids.timeOf(id);
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        String sql = PARTITION.formatted(day.toString().replace("-", ""), bound(day), bound(day.plusDays(1)));
        // IF NOT EXISTS fails where another makes it at this moment, such as the lander when it starts.
        pool.query(sql)
                .execute()
                .onFailure(taken -> taken instanceof PgException e && "42P07".equals(e.getSqlState()))
                .recoverWithNull()
                .await()
                .atMost(ANSWER);
        run(CLICK, id, at.atOffset(ZoneOffset.UTC), promoter.id(), visitor, traffic, src);
    }

    private static UUID bound(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }

    /** A promo code of the promoter's. */
    public String code() {
        String text = "C" + UUID.randomUUID().toString().substring(24).toUpperCase();
        run(CODE, UUID.randomUUID(), promoter.id(), text);
        return text;
    }

    public Incoming sale(String externalId, @Nullable String customer, long amount, Touch touch) {
        return event(Kind.SALE, externalId, customer, new Money(amount, "EUR"), touch);
    }

    public Incoming lead(String customer, Touch touch) {
        return event(Kind.LEAD, "lead:" + customer, customer, new Money(0, "EUR"), touch);
    }

    public Incoming event(Kind kind, String externalId, @Nullable String customer, Money amount, Touch touch) {
        return new Incoming(
                promoter.id(),
                kind,
                externalId,
                customer,
                amount,
                List.of(),
                now(),
                Door.API,
                touch,
                Buyer.UNKNOWN,
                Details.NONE);
    }

    public List<JsonObject> conversions() {
        return query("SELECT * FROM conversion WHERE program_id = $1 ORDER BY id", promoter.id());
    }

    public JsonObject conversion(String externalId) {
        return query("SELECT * FROM conversion WHERE program_id = $1 AND external_id = $2", promoter.id(), externalId)
                .get(0);
    }

    public JsonObject referral(String customer) {
        return query(
                        "SELECT * FROM referral WHERE program_id = $1 AND customer_external_id = $2",
                        promoter.id(),
                        customer)
                .get(0);
    }

    /** The events told of this program's conversions, in order. */
    public List<String> told() {
        return query(
                        """
                        SELECT e.type FROM outbox_event e JOIN conversion v ON v.id = e.aggregate_id
                         WHERE v.program_id = $1 ORDER BY e.id
                        """,
                        promoter.id())
                .stream()
                .map(row -> row.getString("type"))
                .toList();
    }

    public long due() {
        return query(
                        "SELECT FROM conversion_due d JOIN conversion v ON v.id = d.conversion_id WHERE v.program_id = $1",
                        promoter.id())
                .size();
    }

    public List<JsonObject> query(String sql, Object... arguments) {
        List<JsonObject> rows = new ArrayList<>();
        for (Row row :
                pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER)) rows.add(row.toJson());
        return rows;
    }

    public void run(String sql, @Nullable Object... arguments) {
        pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER);
    }

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
