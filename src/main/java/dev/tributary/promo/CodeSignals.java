package dev.tributary.promo;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What looks like misuse of codes, counted by the hour in the table {@code code_signal}, for the fraud room. A signal is a
 * fact, no verdict: nothing is refused for it here.
 */
@ApplicationScoped
public class CodeSignals {
    private static final UUID NONE = new UUID(0, 0);
    private static final String NOTE =
            """
            INSERT INTO code_signal (kind, hour, code_id, network, affiliate_id, detail, count, first_at, last_at)
            SELECT k.kind, date_trunc('hour', $6::timestamptz), k.code_id, k.network, e.affiliate_id, k.detail, k.count, $6, $6
              FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])
                   AS k (kind, code_id, network, detail, count)
              LEFT JOIN discount_code d ON d.id = k.code_id
              LEFT JOIN enrollment e ON e.id = d.enrollment_id
             ORDER BY k.kind, k.code_id, k.network
            ON CONFLICT (kind, hour, code_id, network)
            DO UPDATE SET count = code_signal.count + excluded.count, last_at = greatest(code_signal.last_at, excluded.last_at)
            """;
    /** The customer has the affiliate's address, by its hash or as the merchant's id; +tags are ignored. */
    private static final String OWN_USE =
            """
            INSERT INTO code_signal (kind, hour, code_id, network, affiliate_id, count, first_at, last_at)
            SELECT 'own_use', date_trunc('hour', $4::timestamptz), o.code_id, '', a.id, 1, $4, $4
              FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS u (code_id, affiliate_id)) AS o
              JOIN affiliate a ON a.id = o.affiliate_id
             CROSS JOIN LATERAL (SELECT regexp_replace(a.email_key, '\\+[^@]*@', '@') AS plain) AS e
             WHERE a.erased_at IS NULL
               AND (regexp_replace($5, '\\+[^@]*@', '@') = e.plain
                    OR $3 IN (encode(sha256(convert_to(a.email_key, 'UTF8')), 'hex'),
                              encode(sha256(convert_to(e.plain, 'UTF8')), 'hex')))
             ORDER BY o.code_id
            ON CONFLICT (kind, hour, code_id, network)
            DO UPDATE SET count = code_signal.count + 1, last_at = greatest(code_signal.last_at, excluded.last_at)
            """;
    /** What is counted is the hour's so far, so that a second look changes nothing. */
    private static final String VELOCITY =
            """
            INSERT INTO code_signal (kind, hour, code_id, network, affiliate_id, count, first_at, last_at)
            SELECT 'velocity', date_trunc('hour', $1::timestamptz), r.code_id, '', e.affiliate_id, r.uses, $1, $1
              FROM (SELECT code_id, count(*) AS uses FROM redemption WHERE id >= $2 AND created_at < $1
                     GROUP BY code_id HAVING count(*) >= $3 ORDER BY code_id LIMIT 1000) AS r
              JOIN discount_code d ON d.id = r.code_id
              LEFT JOIN enrollment e ON e.id = d.enrollment_id
            ON CONFLICT (kind, hour, code_id, network)
            DO UPDATE SET count = greatest(code_signal.count, excluded.count), last_at = excluded.last_at
            """;

    private final Clock clock;

    CodeSignals(Clock clock) {
        this.clock = clock;
    }

    /** So many of one kind at once, about a code or a network. */
    public record Signal(String kind, @Nullable UUID codeId, String network, String detail, long count) {}

    public Uni<Void> note(SqlConnection tx, List<Signal> signals) {
        if (signals.isEmpty()) return Uni.createFrom().voidItem();
        Tuple rows = Tuple.of(
                signals.stream().map(Signal::kind).toArray(String[]::new),
                signals.stream()
                        .map(s -> s.codeId() == null ? NONE : s.codeId())
                        .toArray(UUID[]::new),
                signals.stream().map(Signal::network).toArray(String[]::new),
                signals.stream().map(Signal::detail).toArray(String[]::new),
                signals.stream().map(Signal::count).toArray(Long[]::new),
                clock.instant().atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(NOTE).execute(rows).replaceWithVoid();
    }

    /** Notes that an affiliate uses a code of its own, where what is known of the customer tells. */
    Uni<Void> ownUse(SqlConnection tx, Redemption made, @Nullable String emailHash) {
        String customer = made.customer().indexOf('@') > 0 ? made.customer().toLowerCase(Locale.ROOT) : null;
        List<UUID> codes = new ArrayList<>();
        List<UUID> affiliates = new ArrayList<>();
        for (Redemption.Use use : made.uses()) {
            if (use.affiliateId() == null) continue;
            codes.add(use.codeId());
            affiliates.add(use.affiliateId());
        }
        if (codes.isEmpty() || customer == null && emailHash == null)
            return Uni.createFrom().voidItem();
        return tx.preparedQuery(OWN_USE)
                .execute(Tuple.of(
                        codes.toArray(UUID[]::new),
                        affiliates.toArray(UUID[]::new),
                        emailHash == null ? null : emailHash.toLowerCase(Locale.ROOT),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        customer))
                .replaceWithVoid();
    }

    /** Notes the codes that were used so often since the hour began. */
    Uni<Integer> velocity(SqlConnection tx, Instant now, int perHour) {
        Instant hour = now.truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        return tx.preparedQuery(VELOCITY)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), dev.tributary.id.Ids.floor(hour), (long) perHour))
                .map(rows -> rows.rowCount());
    }
}
