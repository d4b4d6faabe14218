package dev.tributary.payout.rail.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StripeAccountsTest {
    private static JsonObject account(
            boolean told, String transfers, boolean payouts, @Nullable String disabled, int due) {
        JsonArray wanted = new JsonArray();
        for (int i = 0; i < due; i++) wanted.add("individual.field" + i);
        return new JsonObject()
                .put("id", "acct_1")
                .put("details_submitted", told)
                .put("payouts_enabled", payouts)
                .put("capabilities", new JsonObject().put("transfers", transfers))
                .put(
                        "requirements",
                        new JsonObject().put("disabled_reason", disabled).put("currently_due", wanted));
    }

    private static State state(JsonObject account) {
        return StripeAccounts.recipient(account).state();
    }

    @Test
    void money_is_sent_where_it_arrives_and_reaches_the_bank() {
        assertThat(StripeAccounts.recipient(account(true, "active", true, null, 0)))
                .isEqualTo(new Recipient("acct_1", State.ACTIVE, ""));
        assertThat(state(account(true, "active", false, null, 0))).isEqualTo(State.PENDING);
        assertThat(state(account(true, "pending", true, null, 0))).isEqualTo(State.PENDING);
    }

    @Test
    void who_is_not_done_waits_for_themselves_and_who_is_checked_for_stripe() {
        assertThat(state(account(false, "inactive", false, "requirements.past_due", 3)))
                .isEqualTo(State.PENDING);
        assertThat(state(account(true, "inactive", false, "requirements.pending_verification", 0)))
                .isEqualTo(State.PENDING);
        assertThat(state(account(true, "inactive", false, "under_review", 0))).isEqualTo(State.PENDING);
    }

    @Test
    void what_stripe_shut_off_is_inactive_until_its_owner_mends_it_and_denied_where_it_was_rejected() {
        Recipient late = StripeAccounts.recipient(account(true, "inactive", false, "requirements.past_due", 2));
        assertThat(late.state()).isEqualTo(State.INACTIVE);
        assertThat(late.note()).isEqualTo("Stripe still wants 2 things");
        assertThat(state(account(true, "inactive", false, "rejected.fraud", 0))).isEqualTo(State.DENIED);
    }

    @Test
    void an_account_without_an_id_is_none() {
        assertThatThrownBy(() -> StripeAccounts.recipient(new JsonObject()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
