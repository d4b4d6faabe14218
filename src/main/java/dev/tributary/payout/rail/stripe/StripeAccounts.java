package dev.tributary.payout.rail.stripe;

import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What Stripe says about connected accounts. Money can be sent to one whose capability {@code transfers} is active, and reaches
 * its owner's bank where {@code payouts_enabled}: without the latter it would wait at Stripe, so both are asked for.
 *
 * @see <a href="https://docs.stripe.com/connect/account-capabilities">account capabilities</a>
 */
final class StripeAccounts {
    /** Stripe looks at what it was told; nothing is wanted of anybody. */
    private static final Set<String> CHECKING = Set.of("requirements.pending_verification", "under_review");

    private StripeAccounts() {}

    /** One without an id is an {@link IllegalArgumentException}. */
    static Recipient recipient(JsonObject account) {
        if (!(account.getValue("id") instanceof String id)) throw new IllegalArgumentException("An account has an id");
        JsonObject requirements = account.getJsonObject("requirements", new JsonObject());
        String disabled = requirements.getString("disabled_reason");
        if (disabled != null && disabled.startsWith("rejected."))
            return new Recipient(id, State.DENIED, "Stripe has closed the account: " + disabled);
        boolean transfers = "active"
                .equals(account.getJsonObject("capabilities", new JsonObject()).getString("transfers"));
        boolean payouts = Boolean.TRUE.equals(account.getBoolean("payouts_enabled"));
        if (transfers && payouts) return new Recipient(id, State.ACTIVE, "");
        boolean told = Boolean.TRUE.equals(account.getBoolean("details_submitted"));
        boolean due = disabled != null && told && !CHECKING.contains(disabled);
        return new Recipient(id, due ? State.INACTIVE : State.PENDING, wanted(requirements, told));
    }

    private static String wanted(JsonObject requirements, boolean told) {
        JsonArray due = requirements.getJsonArray("currently_due", new JsonArray());
        if (!told) return "The onboarding at Stripe is not finished";
        return due.isEmpty() ? "Stripe is checking what it was told" : "Stripe still wants " + due.size() + " things";
    }
}
