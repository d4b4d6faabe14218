package dev.tributary.conversion.stripe;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Which of Stripe's ids mean the same: the tables {@code conversion_stripe_invoice} and {@code conversion_stripe_customer}. */
@ApplicationScoped
class StripeIdRepository {
    private static final String PAID =
            """
            INSERT INTO conversion_stripe_invoice (program_id, payment_intent, invoice) VALUES ($1, $2, $3)
            ON CONFLICT (program_id, payment_intent) DO NOTHING
            """;
    private static final String SALE =
            """
            SELECT coalesce(
                (SELECT invoice FROM conversion_stripe_invoice WHERE program_id = $1 AND payment_intent = $2),
                (SELECT external_id FROM conversion WHERE program_id = $1 AND external_id = $2)) AS sale
            """;
    private static final String NAMED =
            """
            INSERT INTO conversion_stripe_customer (program_id, stripe_customer, customer_external_id) VALUES ($1, $2, $3)
            ON CONFLICT (program_id, stripe_customer) DO UPDATE SET customer_external_id = $3
            """;
    private static final String CUSTOMER =
            """
            SELECT coalesce(c.customer_external_id, $2) AS customer,
                   EXISTS (SELECT FROM referral r WHERE r.program_id = $1
                              AND r.customer_external_id = coalesce(c.customer_external_id, $2)) AS bound
              FROM (SELECT) AS one
              LEFT JOIN conversion_stripe_customer c ON c.program_id = $1 AND c.stripe_customer = $2
            """;
    private static final String TAKEN =
            """
            SELECT amount_minor FROM refund
             WHERE program_id = $1 AND external_id = $2 AND conversion_id IS NOT NULL
            """;

    /** A buyer by the id that the merchant knows, and whether somebody brought it. */
    record Customer(String externalId, boolean bound) {}

    /** Notes which invoice a payment intent paid. */
    Uni<Void> paid(SqlConnection tx, UUID program, String intent, String invoice) {
        return tx.preparedQuery(PAID)
                .execute(Tuple.of(program, intent, invoice))
                .replaceWithVoid();
    }

    /** The sale of a payment intent: the invoice that it paid, or itself; empty where neither is known. */
    Uni<Optional<String>> sale(SqlConnection tx, UUID program, String intent) {
        return tx.preparedQuery(SALE)
                .execute(Tuple.of(program, intent))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString("sale")));
    }

    /** Notes the merchant's own id of a Stripe customer. */
    Uni<Void> named(SqlConnection tx, UUID program, String stripeCustomer, String externalId) {
        return tx.preparedQuery(NAMED)
                .execute(Tuple.of(program, stripeCustomer, externalId))
                .replaceWithVoid();
    }

    /** The buyer behind a Stripe customer, who is its own id where the merchant never told another. */
    Uni<Customer> customer(SqlConnection tx, UUID program, String stripeCustomer) {
        return tx.preparedQuery(CUSTOMER)
                .execute(Tuple.of(program, stripeCustomer))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Customer(row.getString("customer"), row.getBoolean("bound"));
                });
    }

    /** What a dispute took from its sale; empty while it is not booked. */
    Uni<Optional<Long>> taken(SqlConnection tx, UUID program, String dispute) {
        return tx.preparedQuery(TAKEN)
                .execute(Tuple.of(program, dispute))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong(0)));
    }
}
