package dev.tributary.stripe;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stub's promotion codes; a text is unique among the active ones, whatever its case. */
final class StubPromotionCodes {
    private static final Set<String> FIELDS = Set.of(
            "promotion",
            "code",
            "active",
            "customer",
            "expires_at",
            "max_redemptions",
            "restrictions",
            "metadata",
            "expand");

    private final Map<String, JsonObject> byId = new LinkedHashMap<>();
    private final StubCoupons coupons;

    StubPromotionCodes(StubCoupons coupons) {
        this.coupons = coupons;
    }

    JsonObject create(Form form) {
        form.onlyKnows(FIELDS);
        if (!form.required("promotion[type]").equals("coupon"))
            throw StubRefusal.of("Invalid promotion[type]: must be coupon", "promotion[type]");
        String coupon = form.required("promotion[coupon]");
        if (coupons.named(coupon).isEmpty()) throw StubRefusal.missing("coupon", coupon, "promotion[coupon]");
        String code = form.text("code").orElseGet(() -> "CODE" + byId.size());
        if (!code.matches("[A-Za-z0-9-]{1,500}"))
            throw StubRefusal.of("Promotion codes can only contain letters, digits and dashes", "code");
        form.number("max_redemptions").filter(most -> most < 1).ifPresent(most -> {
            throw StubRefusal.of("Invalid positive integer", "max_redemptions");
        });
        boolean active = form.flag("active", true);
        if (active) refuseTwin(code, "");
        String id = "promo_" + (byId.size() + 1);
        JsonObject made = new JsonObject()
                .put("id", id)
                .put("object", "promotion_code")
                .put("active", active)
                .put("code", code)
                .put("created", 1_760_000_000 + byId.size())
                .put("expires_at", form.number("expires_at").orElse(null))
                .put("livemode", false)
                .put("max_redemptions", form.number("max_redemptions").orElse(null))
                .put("times_redeemed", 0)
                .put("promotion", new JsonObject().put("type", "coupon").put("coupon", coupon))
                .put("metadata", new JsonObject(Map.copyOf(form.below("metadata"))));
        byId.put(id, made);
        return made;
    }

    private void refuseTwin(String code, String but) {
        boolean taken = byId.values().stream()
                .anyMatch(other -> other.getBoolean("active")
                        && !other.getString("id").equals(but)
                        && other.getString("code").equalsIgnoreCase(code));
        if (taken) throw StubRefusal.of("An active promotion code with `code: " + code + "` already exists.", "code");
    }

    JsonObject find(String id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(() -> StubRefusal.notFound("promotion code", id));
    }

    /** Only what Stripe lets change. */
    JsonObject update(String id, Form form) {
        form.onlyKnows(Set.of("active", "metadata", "restrictions", "expand"));
        JsonObject promotion = find(id);
        boolean active = form.flag("active", promotion.getBoolean("active"));
        if (active && !promotion.getBoolean("active")) {
            refuseTwin(promotion.getString("code"), id);
            String coupon = promotion.getJsonObject("promotion").getString("coupon");
            if (coupons.named(coupon).isEmpty())
                throw StubRefusal.of(
                        "This promotion code cannot be activated because its coupon is not valid.", "active");
        }
        promotion.put("active", active);
        form.below("metadata").forEach(promotion.getJsonObject("metadata")::put);
        return promotion;
    }

    JsonObject list(Form query) {
        return StubList.page(
                byId.values(),
                query,
                "/v1/promotion_codes",
                promotion -> query.text("code")
                                .map(promotion.getString("code")::equalsIgnoreCase)
                                .orElse(true)
                        && query.text("coupon")
                                .map(promotion.getJsonObject("promotion").getString("coupon")::equals)
                                .orElse(true)
                        && query.text("active")
                                .map(Boolean::valueOf)
                                .map(promotion.getBoolean("active")::equals)
                                .orElse(true));
    }

    List<JsonObject> all() {
        return byId.values().stream().map(JsonObject::copy).toList();
    }

    /** Behind the application's back. */
    void forget(String id) {
        byId.remove(id);
    }
}
