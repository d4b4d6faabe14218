package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The table {@code referral}: one row a customer of a program. */
@ApplicationScoped
class ReferralRepository {
    /**
     * Who is bound stays bound: only a conversion that bound a customer itself may, decided anew, bind it to another. The
     * first lead is the customer's lead. Nothing is written where nothing changes, as with every renewal.
     */
    private static final String BIND =
            """
            WITH told AS (
              SELECT unnest($1::uuid[]) AS id, unnest($2::uuid[]) AS program_id, unnest($3::uuid[]) AS enrollment_id,
                     unnest($4::uuid[]) AS affiliate_id, unnest($5::text[]) AS customer_external_id,
                     unnest($6::text[]) AS src, unnest($7::uuid[]) AS click_id, unnest($8::timestamptz[]) AS signed_up_at,
                     unnest($9::timestamptz[]) AS converted_at, unnest($10::uuid[]) AS lead_id,
                     unnest($11::uuid[]) AS bound_by
            )
            INSERT INTO referral AS r (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, src,
                   click_id, signed_up_at, converted_at, lead_id, bound_by)
            SELECT id, program_id, enrollment_id, affiliate_id, customer_external_id,
                   CASE WHEN converted_at IS NULL THEN 'signed_up' ELSE 'converted' END, src, click_id, signed_up_at,
                   converted_at, lead_id, bound_by
              FROM told
            ON CONFLICT (program_id, customer_external_id) DO UPDATE
               SET status = CASE WHEN excluded.converted_at IS NULL THEN r.status ELSE 'converted' END,
                   converted_at = coalesce(r.converted_at, excluded.converted_at),
                   lead_id = coalesce(r.lead_id, excluded.lead_id),
                   signed_up_at = least(r.signed_up_at, excluded.signed_up_at),
                   enrollment_id = CASE WHEN r.bound_by = excluded.bound_by THEN excluded.enrollment_id ELSE r.enrollment_id END,
                   affiliate_id = CASE WHEN r.bound_by = excluded.bound_by THEN excluded.affiliate_id ELSE r.affiliate_id END,
                   src = CASE WHEN r.bound_by = excluded.bound_by THEN excluded.src ELSE r.src END,
                   click_id = CASE WHEN r.bound_by = excluded.bound_by THEN excluded.click_id ELSE r.click_id END
             WHERE (excluded.converted_at IS NOT NULL AND r.status <> 'converted')
                OR (excluded.lead_id IS NOT NULL AND r.lead_id IS NULL)
                OR (r.bound_by = excluded.bound_by AND r.enrollment_id <> excluded.enrollment_id)
            """;

    private static final String LEADS =
            """
            SELECT r.program_id, r.customer_external_id, r.lead_id
              FROM unnest($1::uuid[], $2::text[]) AS k (program_id, customer)
              JOIN referral r ON r.program_id = k.program_id AND r.customer_external_id = k.customer
             WHERE r.lead_id IS NOT NULL
            """;
    private static final String CHURN =
            """
            UPDATE referral SET status = 'churned', churned_at = $3
             WHERE program_id = $1 AND customer_external_id = $2 AND status = 'converted'
            RETURNING id
            """;

    /** Binds customers, in the one order of all batches; those that are bound stay so. */
    Uni<Void> bind(SqlConnection tx, List<Binding> bindings) {
        if (bindings.isEmpty()) return Uni.createFrom().voidItem();
        List<Binding> sorted = bindings.stream().sorted().toList();
        Tuple columns = Tuple.tuple()
                .addValue(array(sorted, Binding::id, UUID[]::new))
                .addValue(array(sorted, b -> b.customer().programId(), UUID[]::new))
                .addValue(array(sorted, b -> b.winner().enrollmentId(), UUID[]::new))
                .addValue(array(sorted, b -> b.winner().affiliateId(), UUID[]::new))
                .addValue(array(sorted, b -> b.customer().externalId(), String[]::new))
                .addValue(array(sorted, b -> b.winner().src(), String[]::new))
                .addValue(array(sorted, b -> b.winner().clickId(), UUID[]::new))
                .addValue(array(sorted, b -> time(b.signedUpAt()), OffsetDateTime[]::new))
                .addValue(array(sorted, b -> time(b.convertedAt()), OffsetDateTime[]::new))
                .addValue(array(sorted, Binding::leadId, UUID[]::new))
                .addValue(array(sorted, Binding::boundBy, UUID[]::new));
        return tx.preparedQuery(BIND).execute(columns).replaceWithVoid();
    }

    /** The conversion that is each customer's lead, where there is one. */
    Uni<Map<EventKey, UUID>> leads(SqlConnection tx, Collection<EventKey> customers) {
        if (customers.isEmpty()) return Uni.createFrom().item(Map.of());
        Tuple asked = Tuple.of(
                customers.stream().map(EventKey::programId).toArray(UUID[]::new),
                customers.stream().map(EventKey::externalId).toArray(String[]::new));
        return tx.preparedQuery(LEADS).execute(asked).map(rows -> {
            Map<EventKey, UUID> leads = new HashMap<>();
            for (Row row : rows)
                leads.put(
                        new EventKey(row.getUUID("program_id"), row.getString("customer_external_id")),
                        row.getUUID("lead_id"));
            return leads;
        });
    }

    /** Notes that a customer left; empty where it is none that had bought. */
    Uni<Optional<UUID>> churn(SqlConnection tx, UUID programId, String customer, Instant at) {
        return tx.preparedQuery(CHURN)
                .execute(Tuple.of(programId, customer, time(at)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID("id")));
    }

    private static <T> T[] array(List<Binding> bindings, Function<Binding, @Nullable T> value, IntFunction<T[]> array) {
        return bindings.stream().map(value).toArray(array);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
