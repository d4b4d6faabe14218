package dev.tributary.promo.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import dev.tributary.promo.Discount;
import dev.tributary.promo.DiscountCode;
import dev.tributary.promo.Terms;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of a code, of what is known of it. */
class PreviewTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final KnownProgram EURO = new KnownProgram(true, "EUR", List.of("basic", "pro"));

    @Test
    void an_open_code_of_an_active_program_is_usable_within_its_time() {
        assertThat(usable(code(percentage(2_000), true), EURO, asks(null))).isTrue();
        assertThat(usable(code(percentage(2_000), false), EURO, asks(null))).isFalse();
        assertThat(usable(code(percentage(2_000), true), new KnownProgram(false, "EUR", List.of()), asks(null)))
                .isFalse();
        assertThat(usable(code(percentage(2_000), true), null, asks(null))).isFalse();
        assertThat(usable(null, EURO, asks(null))).isFalse();
    }

    @Test
    void amounts_are_of_the_programs_currency() {
        assertThat(usable(code(percentage(2_000), true), EURO, asks(new Money(100, "EUR"))))
                .isTrue();
        assertThat(usable(code(percentage(2_000), true), EURO, asks(new Money(100, "USD"))))
                .isFalse();
        assertThat(usable(code(fixed(500, "EUR"), true), EURO, asks(null))).isTrue();
        assertThat(usable(code(fixed(500, "USD"), true), EURO, asks(null))).isFalse();
    }

    @Test
    void an_answer_is_json_with_the_sum_of_the_same_computation_as_an_apply() {
        JsonObject told =
                new JsonObject(Preview.usable(code(fixed(500, "EUR"), true), asks(new Money(300, "EUR")), true));

        assertThat(told.getJsonObject("discount").getLong("amount")).isEqualTo(300);
        assertThat(told.getJsonObject("total").getLong("amount")).isZero();
        assertThat(told.getString("currency")).isEqualTo("EUR");
        assertThat(told.getBoolean("stale")).isTrue();
        assertThat(told.getValue("expiresAt")).isNull();
    }

    private static boolean usable(@Nullable KnownCode code, @Nullable KnownProgram program, Query query) {
        return Preview.isUsable(code, program, query, NOON);
    }

    private static Query asks(@Nullable Money amount) {
        return new Query("LAUNCH20", null, amount, null);
    }

    private static Discount percentage(int bps) {
        return new Discount(Discount.Type.PERCENTAGE, bps, null, Discount.Span.ONCE, null);
    }

    private static Discount fixed(long minor, String currency) {
        return new Discount(Discount.Type.FIXED_AMOUNT, minor, currency, Discount.Span.ONCE, null);
    }

    private static KnownCode code(Discount discount, boolean open) {
        Terms terms = new Terms(UUID.randomUUID(), discount, DiscountCode.Scope.ALL, false, 1, null, null);
        return new KnownCode(UUID.randomUUID(), "LAUNCH20", "LAUNCH20", Card.of(terms), open, 1);
    }
}
