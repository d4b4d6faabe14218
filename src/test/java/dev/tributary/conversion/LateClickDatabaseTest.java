package dev.tributary.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clicks that land after the conversion that names them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class LateClickDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    @Inject
    Conversions conversions;

    @Inject
    LateSweep sweep;

    @Inject
    Pool pool;

    private Shop shop;

    @BeforeEach
    void a_shop() {
        shop = new Shop(pool, Promoter.in(pool, "UTC"));
    }

    @Test
    void a_sale_is_credited_when_its_click_lands() {
        UUID click = Shop.clickId(Shop.now());
        take(shop.sale("order-1", "kim", 100, Touch.click(click)));
        sweep.sweep().await().atMost(ANSWER);
        assertThat(stored("order-1").getString("status")).isEqualTo("waiting");

        shop.land(click, null, "human", "late");
        sweepUntil("accepted");
        assertThat(stored("order-1").getString("src")).isEqualTo("late");
        assertThat(stored("order-1").getString("waiting_until")).isNull();
        assertThat(stored("order-1").getInteger("decision")).isEqualTo(2);
        assertThat(shop.referral("kim").getString("status")).isEqualTo("converted");
        assertThat(shop.told()).containsExactly("conversion.accepted");
        assertThat(shop.due()).isOne();
        assertThat(take(shop.sale("order-1", "kim", 100, Touch.NONE)).credits()).hasSize(1);
    }

    @Test
    void one_that_turns_out_to_be_a_bots_is_rejected_then() {
        UUID click = Shop.clickId(Shop.now());
        take(shop.sale("order-1", null, 100, Touch.click(click)));
        shop.land(click, null, "bot", "");
        sweepUntil("rejected");
        assertThat(stored("order-1").getString("reason_code")).isEqualTo("click_not_human");
        assertThat(shop.due()).isZero();
    }

    @Test
    void one_that_never_lands_is_unknown_in_the_end() {
        take(shop.sale("order-1", null, 100, Touch.click(Shop.clickId(Shop.now()))));
        shop.run(
                "UPDATE conversion SET waiting_until = now() - interval '1 second' WHERE program_id = $1",
                shop.program());
        sweepUntil("rejected");
        assertThat(stored("order-1").getString("reason_code")).isEqualTo("click_unknown");
        assertThat(shop.told()).containsExactly("conversion.rejected");
    }

    @Test
    void where_nothing_is_held_nothing_is_waited_for() {
        shop.run("UPDATE program SET hold_days = 0 WHERE id = $1", shop.program());
        Outcome sold = take(shop.sale("order-1", null, 100, Touch.click(Shop.clickId(Shop.now()))));
        assertThat(sold.reason()).isEqualTo(Reason.CLICK_UNKNOWN);
    }

    @Test
    void a_known_customer_is_credited_at_once_and_the_late_click_changes_nothing_of_its_binding() {
        take(shop.lead("kim", Touch.click(shop.click(Duration.ofDays(1)))));
        UUID click = Shop.clickId(Shop.now());
        assertThat(take(shop.sale("order-1", "kim", 100, Touch.click(click))).status())
                .isEqualTo(Status.ACCEPTED);
        shop.land(click, null, "human", "late");
        for (int i = 0; i < 50 && stored("order-1").getString("waiting_until") != null; i++)
            sweep.sweep().await().atMost(ANSWER);
        assertThat(stored("order-1").getString("src")).isEqualTo("late");
        assertThat(shop.referral("kim").getString("src")).isEqualTo("news");
    }

    @Test
    void a_lead_whose_click_lands_after_the_first_sale_is_still_the_day_of_the_sign_up() {
        UUID late = Shop.clickId(Shop.now());
        take(shop.lead("kim", Touch.click(late)));
        Object leadAt = stored("lead:kim").getValue("occurred_at");
        take(shop.sale("order-1", "kim", 100, Touch.click(shop.click(Duration.ofHours(1)))));
        shop.land(late, null, "human", "late");
        for (int i = 0; i < 50 && !stored("lead:kim").getString("status").equals("accepted"); i++)
            sweep.sweep().await().atMost(ANSWER);
        assertThat(shop.referral("kim").getValue("signed_up_at")).isEqualTo(leadAt);
        assertThat(shop.referral("kim").getString("src")).isEqualTo("news");
    }

    /** Other tests' conversions may stand before ours in a pass. */
    private void sweepUntil(String status) {
        for (int i = 0; i < 50 && !stored("order-1").getString("status").equals(status); i++)
            sweep.sweep().await().atMost(ANSWER);
        assertThat(stored("order-1").getString("status")).isEqualTo(status);
    }

    private JsonObject stored(String order) {
        return shop.conversion(order);
    }

    private Outcome take(Incoming event) {
        return conversions.intake(List.of(event)).await().atMost(ANSWER).get(0);
    }
}
