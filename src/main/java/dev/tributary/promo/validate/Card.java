package dev.tributary.promo.validate;

import dev.tributary.promo.Discount;
import dev.tributary.promo.Terms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Terms with the part of the answer that follows from them alone, so that an answer is a few texts joined. Codes with equal
 * terms share one.
 *
 * @param fields members of a JSON object, with a comma behind each
 */
record Card(Terms terms, String fields) {
    static Card of(Terms terms) {
        Discount discount = terms.discount();
        JsonObject json = new JsonObject()
                .put("discountType", discount.type().word())
                .put("discountValue", discount.value())
                .put("currency", discount.currency())
                .put("duration", discount.span().word())
                .put("durationMonths", discount.months())
                .put("stackable", terms.stackable())
                .put("minimumPlan", terms.scope().minimumPlan())
                .put("plans", new JsonArray(terms.scope().plans()))
                .put("products", new JsonArray(terms.scope().products()))
                .put(
                        "expiresAt",
                        terms.expiresAt() == null ? null : terms.expiresAt().toString());
        String whole = json.encode();
        return new Card(terms, whole.substring(1, whole.length() - 1) + ",");
    }
}
