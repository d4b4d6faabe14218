package dev.tributary.promo.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.promo.Discount;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final Wanted WANTED = new Codes().wanted();

    @Test
    void pauses_double_from_five_seconds_to_an_hour() {
        assertThat(after(0, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        assertThat(after(3, Duration.ZERO)).isEqualTo(Duration.ofSeconds(40));
        assertThat(after(9, Duration.ZERO)).isEqualTo(Duration.ofSeconds(2_560));
        assertThat(after(10, Duration.ZERO)).isEqualTo(Duration.ofHours(1));
        assertThat(after(1_000, Duration.ZERO)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_longer_pause_that_stripe_asks_for_is_kept() {
        assertThat(after(0, Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
    }

    private static Duration after(int failures, Duration asked) {
        Settlement end = Settlement.later(WANTED, failures, asked, "why");
        assertThat(end.failures()).isEqualTo(failures + 1);
        return Duration.between(Codes.NOW, end.next());
    }

    @Test
    void what_stripe_has_no_part_in_is_local() {
        Wanted nothing = new Codes().discount(Discount.Type.PERCENTAGE, 0, null).wanted();

        assertThat(Settlement.done(nothing, Known.NOTHING).state()).isEqualTo(SyncState.LOCAL);
    }

    @Test
    void what_stripe_cannot_have_says_why() {
        Settlement text = Settlement.done(new Codes().code("GRÜN_1").wanted(), Known.NOTHING);
        Settlement product = Settlement.done(new Codes().products("sku-1").wanted(), Known.NOTHING);
        Settlement amount = Settlement.done(
                new Codes().discount(Discount.Type.FIXED_AMOUNT, 1_005, "BHD").wanted(), Known.NOTHING);

        assertThat(text.state()).isEqualTo(SyncState.REFUSED);
        assertThat(text.error()).contains("letters");
        assertThat(product.error()).contains("prod_");
        assertThat(amount.error()).contains("amount");
    }

    @Test
    void a_code_that_begins_later_is_looked_at_then() {
        Instant begin = Codes.NOW.plusSeconds(60);

        assertThat(Settlement.done(new Codes().starts(begin).wanted(), Known.NOTHING)
                        .next())
                .isEqualTo(begin);
    }

    @Test
    void an_error_is_cut() {
        assertThat(Settlement.refused(WANTED, "x".repeat(1_000)).error()).hasSize(300);
    }
}
