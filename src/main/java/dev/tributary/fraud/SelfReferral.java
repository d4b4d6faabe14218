package dev.tributary.fraud;

import dev.tributary.conversion.Claim;
import dev.tributary.conversion.ConversionCheck;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Refuses conversions whose customer is an affiliate that would be credited, whichever part: by the hash of the customer's
 * e-mail address, or by the address itself where the merchant's own id of a customer is one. An address with {@code +tag} is
 * that without it. A shared network proves nothing here: offices and homes have one address.
 */
@ApplicationScoped
class SelfReferral implements ConversionCheck {
    private static final String SAME_PERSON =
            """
            SELECT DISTINCT c.conversion_id
              FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS c (conversion_id, affiliate_id, hash, customer)
              JOIN affiliate a ON a.id = c.affiliate_id
             CROSS JOIN LATERAL (SELECT regexp_replace(a.email_key, '\\+[^@]*@', '@') AS plain) AS e
             WHERE a.erased_at IS NULL
               AND (regexp_replace(c.customer, '\\+[^@]*@', '@') = e.plain
                    OR c.hash IN (encode(sha256(convert_to(a.email_key, 'UTF8')), 'hex'),
                                  encode(sha256(convert_to(e.plain, 'UTF8')), 'hex')))
            """;

    @Override
    public Uni<List<Refusal>> check(SqlConnection tx, List<Claim> claims) {
        List<UUID> conversions = new ArrayList<>();
        List<UUID> affiliates = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        List<String> customers = new ArrayList<>();
        for (Claim claim : claims) {
            String customer = address(claim.customer());
            if (claim.buyer().emailHash() == null && customer == null) continue;
            claim.credits().forEach(credit -> {
                conversions.add(claim.conversionId());
                affiliates.add(credit.affiliateId());
                hashes.add(claim.buyer().emailHash());
                customers.add(customer);
            });
        }
        if (conversions.isEmpty()) return Uni.createFrom().item(List.of());
        Tuple asked = Tuple.of(
                conversions.toArray(UUID[]::new),
                affiliates.toArray(UUID[]::new),
                hashes.toArray(String[]::new),
                customers.toArray(String[]::new));
        return tx.preparedQuery(SAME_PERSON).execute(asked).map(rows -> {
            List<Refusal> refusals = new ArrayList<>();
            for (Row row : rows) refusals.add(new Refusal(row.getUUID(0), Reason.SELF_REFERRAL));
            return refusals;
        });
    }

    /** The merchant's id of a customer where it is an e-mail address; null where it is anything else. */
    private static @Nullable String address(@Nullable String customer) {
        return customer == null || customer.indexOf('@') < 1
                ? null
                : customer.trim().toLowerCase(Locale.ROOT);
    }
}
