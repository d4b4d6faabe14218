package dev.tributary.stripe;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The stub's Checkout Sessions: one discount at most. */
final class StubSessions {
    private static final Set<String> FIELDS = Set.of(
            "mode",
            "line_items",
            "success_url",
            "cancel_url",
            "customer",
            "customer_email",
            "client_reference_id",
            "discounts",
            "metadata",
            "subscription_data",
            "payment_intent_data",
            "expires_at",
            "expand");

    /** Stripe's ids are unique, also among tests that share a database. */
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Map<String, JsonObject> byId = new LinkedHashMap<>();
    private final StubCoupons coupons;
    private final StubPromotionCodes promotions;

    StubSessions(StubCoupons coupons, StubPromotionCodes promotions) {
        this.coupons = coupons;
        this.promotions = promotions;
    }

    JsonObject create(Form form) {
        form.onlyKnows(FIELDS);
        if (!Set.of("payment", "subscription", "setup").contains(form.required("mode")))
            throw StubRefusal.of("Invalid mode", "mode");
        form.required("success_url");
        if (form.below("line_items").isEmpty())
            throw StubRefusal.of("Missing required param: line_items.", "line_items");
        form.text("line_items[0][price]")
                .filter(price -> price.startsWith("price_no"))
                .ifPresent(price -> {
                    throw StubRefusal.missing("price", price, "line_items[0][price]");
                });
        discount(form);
        String id = "cs_test_" + MADE.incrementAndGet();
        JsonObject session = new JsonObject()
                .put("id", id)
                .put("object", "checkout.session")
                .put("mode", form.required("mode"))
                .put("status", "open")
                .put("payment_status", "unpaid")
                .put("url", "https://checkout.stripe.com/c/pay/" + id)
                .put("client_reference_id", form.text("client_reference_id").orElse(null))
                .put("customer", form.text("customer").orElse(null))
                .put("expires_at", form.number("expires_at").orElse(1_760_000_000L))
                .put("metadata", new JsonObject(Map.copyOf(form.below("metadata"))))
                // What Stripe does not show, for tests to look at.
                .put("sent", new JsonObject(Map.copyOf(form.fields())));
        byId.put(id, session);
        return session;
    }

    private void discount(Form form) {
        Map<String, String> discounts = form.below("discounts");
        if (discounts.isEmpty()) return;
        if (discounts.size() != 1) throw StubRefusal.of("You can only apply one discount", "discounts");
        form.text("discounts[0][coupon]")
                .filter(id -> coupons.named(id).isEmpty())
                .ifPresent(id -> {
                    throw StubRefusal.missing("coupon", id, "discounts[0][coupon]");
                });
        Optional<String> promotion = form.text("discounts[0][promotion_code]");
        if (promotion.isPresent() && !promotions.find(promotion.get()).getBoolean("active"))
            throw StubRefusal.of("This promotion code is not active", "discounts[0][promotion_code]");
    }

    JsonObject find(String id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(() -> StubRefusal.notFound("checkout.session", id));
    }

    JsonObject expire(String id) {
        JsonObject session = find(id);
        if (!session.getString("status").equals("open"))
            throw StubRefusal.of("Only Checkout Sessions with a status in [\"open\"] can be expired", "id");
        return session.put("status", "expired");
    }

    List<JsonObject> all() {
        return byId.values().stream().map(JsonObject::copy).toList();
    }
}
