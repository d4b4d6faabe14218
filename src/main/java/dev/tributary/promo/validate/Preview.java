package dev.tributary.promo.validate;

import dev.tributary.money.Money;
import dev.tributary.promo.Discounts;
import dev.tributary.promo.Order;
import dev.tributary.promo.Terms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a validation: what a code would take off, or that it is not usable, for whatever reason. The same computation
 * as of an apply, which alone is binding.
 */
final class Preview {
    private static final String UNUSABLE = "{\"usable\":false,\"stale\":false}";
    private static final String UNUSABLE_STALE = "{\"usable\":false,\"stale\":true}";

    private Preview() {}

    static String unusable(boolean stale) {
        return stale ? UNUSABLE_STALE : UNUSABLE;
    }

    /** Whether the code may be used for this, as far as the question tells; its limit for one customer aside. */
    static boolean isUsable(@Nullable KnownCode code, @Nullable KnownProgram program, Query query, Instant now) {
        if (code == null || program == null || !code.open() || !program.active()) return false;
        Terms terms = code.card().terms();
        boolean currency = query.amount() == null || query.amount().currency().equals(program.currency());
        // A program may change its currency as long as nothing was earned in it; its fixed amounts stay as they were.
        String fixed = terms.discount().currency();
        currency &= fixed == null || fixed.equals(program.currency());
        boolean plan = query.plan() == null || terms.isForPlan(query.plan(), program.plans());
        return currency && plan && terms.isOpenAt(now);
    }

    /** The answer where it may. */
    static String usable(KnownCode code, Query query, boolean stale) {
        StringBuilder json = new StringBuilder(400)
                .append("{\"usable\":true,\"code\":\"")
                .append(code.code())
                .append("\",")
                .append(code.card().fields());
        Money amount = query.amount();
        // Without the order's items nobody knows what a code for products takes off.
        if (amount == null || !code.card().terms().scope().products().isEmpty()) {
            json.append("\"discount\":null,\"total\":null");
        } else {
            Terms terms = code.card().terms();
            Discounts.Taking taking = new Discounts.Taking(terms.discount(), List.of());
            long off = Discounts.of(new Order(amount, List.of(), null), List.of(taking))
                    .get(0);
            money(json.append("\"discount\":"), off, amount.currency());
            money(json.append(",\"total\":"), amount.amount() - off, amount.currency());
        }
        return json.append(stale ? ",\"stale\":true}" : ",\"stale\":false}").toString();
    }

    private static void money(StringBuilder json, long amount, String currency) {
        json.append("{\"amount\":")
                .append(amount)
                .append(",\"currency\":\"")
                .append(currency)
                .append("\"}");
    }
}
