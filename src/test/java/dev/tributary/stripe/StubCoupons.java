package dev.tributary.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stub's coupons. */
final class StubCoupons {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "percent_off",
            "amount_off",
            "currency",
            "duration",
            "duration_in_months",
            "max_redemptions",
            "redeem_by",
            "applies_to",
            "metadata",
            "expand");

    private final Map<String, JsonObject> byId = new LinkedHashMap<>();
    private int made;

    JsonObject create(Form form) {
        form.onlyKnows(FIELDS);
        String id = form.text("id").orElseGet(() -> "cpn" + ++made);
        if (byId.containsKey(id))
            throw new StubRefusal(
                    400, "invalid_request_error", "resource_already_exists", "Coupon already exists.", "id");
        JsonObject coupon = new JsonObject()
                .put("id", id)
                .put("object", "coupon")
                .put("created", 1_760_000_000 + ++made)
                .put("livemode", false)
                .put("valid", true)
                .put("times_redeemed", 0)
                .put("name", form.text("name").orElse(null))
                .put("max_redemptions", form.number("max_redemptions").orElse(null))
                .put("redeem_by", form.number("redeem_by").orElse(null))
                .put("metadata", new JsonObject(Map.copyOf(form.below("metadata"))));
        form.text("name").filter(name -> name.length() > 40).ifPresent(name -> {
            throw StubRefusal.of("Invalid string: must be at most 40 characters", "name");
        });
        value(form, coupon);
        duration(form, coupon);
        Map<String, String> products = form.below("applies_to");
        if (!products.isEmpty())
            coupon.put(
                    "applies_to",
                    new JsonObject()
                            .put(
                                    "products",
                                    new JsonArray(products.values().stream().toList())));
        byId.put(id, coupon);
        return coupon;
    }

    private static void value(Form form, JsonObject coupon) {
        Optional<BigDecimal> percent = form.text("percent_off").map(BigDecimal::new);
        Optional<Long> amount = form.number("amount_off");
        if (percent.isPresent() == amount.isPresent())
            throw StubRefusal.of("You must pass exactly one of percent_off and amount_off", "percent_off");
        boolean within = percent.map(p -> p.signum() > 0 && p.compareTo(BigDecimal.valueOf(100)) <= 0)
                .orElse(true);
        if (!within) throw StubRefusal.of("Invalid percent_off", "percent_off");
        if (amount.orElse(1L) < 1) throw StubRefusal.of("Invalid positive integer", "amount_off");
        if (amount.isPresent()) coupon.put("currency", form.required("currency").toLowerCase(java.util.Locale.ROOT));
        coupon.put("percent_off", percent.map(BigDecimal::doubleValue).orElse(null));
        coupon.put("amount_off", amount.orElse(null));
    }

    private static void duration(Form form, JsonObject coupon) {
        String duration = form.text("duration").orElse("once");
        if (!Set.of("once", "repeating", "forever").contains(duration))
            throw StubRefusal.of("Invalid duration: must be one of forever, once, or repeating", "duration");
        boolean repeats = duration.equals("repeating");
        Optional<Long> months = form.number("duration_in_months");
        if (repeats != months.isPresent())
            throw StubRefusal.of("duration_in_months goes with repeating", "duration_in_months");
        coupon.put("duration", duration).put("duration_in_months", months.orElse(null));
    }

    JsonObject find(String id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(() -> StubRefusal.notFound("coupon", id));
    }

    Optional<JsonObject> named(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    JsonObject update(String id, Form form) {
        form.onlyKnows(Set.of("name", "metadata", "currency_options", "expand"));
        JsonObject coupon = find(id);
        form.text("name").ifPresent(name -> coupon.put("name", name));
        form.below("metadata").forEach(coupon.getJsonObject("metadata")::put);
        return coupon;
    }

    JsonObject delete(String id) {
        find(id);
        byId.remove(id);
        return new JsonObject().put("id", id).put("object", "coupon").put("deleted", true);
    }

    JsonObject list(Form query) {
        return StubList.page(byId.values(), query, "/v1/coupons", coupon -> true);
    }

    int count() {
        return byId.size();
    }
}
