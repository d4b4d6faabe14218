package dev.tributary.promo.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.promo.Discount;
import dev.tributary.promo.DiscountCode;
import dev.tributary.promo.Terms;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Codes in Redis come back as they were put, and are gone when they are forgotten. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class SharedCodesDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    @Inject
    SharedCodes shared;

    @Test
    void a_code_is_found_as_it_was_put_and_not_after_it_changed() {
        Terms terms = new Terms(
                UUID.randomUUID(),
                new Discount(Discount.Type.FIXED_AMOUNT, 500, "EUR", Discount.Span.REPEATING, 3),
                new DiscountCode.Scope("pro", List.of("pro"), List.of("BOOK")),
                true,
                2,
                Instant.parse("2026-01-01T00:00:00Z"),
                null);
        String key = "K" + UUID.randomUUID();
        KnownCode code = new KnownCode(UUID.randomUUID(), key, key, Card.of(terms), true, 7);

        shared.put(code).await().atMost(ANSWER);
        assertThat(find(key).orElseThrow().code()).isEqualTo(code);
        assertThat(find(key).orElseThrow().fresh()).isTrue();

        shared.forget(List.of(key)).await().atMost(ANSWER);
        assertThat(find(key)).isEmpty();
    }

    private Optional<SharedCodes.Shared> find(String key) {
        return shared.find(key).await().atMost(ANSWER);
    }
}
