package dev.tributary.promo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.ledger.BookCheck;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random courses of applies, confirmations and releases beside a model of them in memory: each step ends as the model says. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RedemptionCoursesDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int STEPS = 250;
    private static final int CODES = 4;
    private static final int CUSTOMERS = 3;

    @Inject
    Reservations reservations;

    @Inject
    Redemptions redemptions;

    @Inject
    Transactions transactions;

    @Inject
    Instance<BookCheck> checks;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Made> all = new ArrayList<>();
    private final int[] most = new int[CODES];
    private final int[] each = new int[CODES];
    private final List<String> texts = new ArrayList<>();
    private UUID program = new UUID(0, 0);
    private int orders;

    /** A redemption as the model has it. */
    private static final class Made {
        final UUID id;
        final List<Integer> codes;
        final int customer;
        Redemption.State state = Redemption.State.RESERVED;
        String order = "";

        Made(UUID id, List<Integer> codes, int customer) {
            this.id = id;
            this.codes = codes;
            this.customer = customer;
        }
    }

    @Test
    void every_step_ends_as_the_model_says_and_counters_are_rows() {
        Store store = Store.open();
        program = TypeId.PROGRAM.parse(store.program).orElseThrow();
        for (int i = 0; i < CODES; i++) {
            most[i] = 3 + random.nextInt(12);
            each[i] = 1 + random.nextInt(5);
            texts.add(Store.unique() + i);
            Map<String, Object> fields =
                    new HashMap<>(Map.of("stackable", true, "maxUses", most[i], "maxUsesPerCustomer", each[i]));
            fields.put("discountValue", random.nextInt(6_000));
            store.code(texts.get(i), fields);
        }
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> apply();
                case 2 -> confirm();
                case 3 -> release(Redemption.Release.CANCELED);
                default -> release(Redemption.Release.EXPIRED);
            }
        }
        for (BookCheck check : checks)
            if (check.name().startsWith("redemptions-"))
                assertThat(transactions.read(c -> check.breaches(c, 5)).await().atMost(ANSWER))
                        .as("%s with seed %d", check.name(), seed)
                        .isEmpty();
    }

    private void apply() {
        List<Integer> codes = random.ints(0, CODES)
                .distinct()
                .limit(1 + random.nextInt(2))
                .boxed()
                .toList();
        int customer = random.nextInt(CUSTOMERS);
        Applying asked = new Applying(
                program,
                codes.stream().map(i -> DiscountCodeText.key(texts.get(i))).toList(),
                "customer-" + customer,
                new Order(new Money(1 + random.nextLong(100_000), "EUR"), List.of(), null),
                Duration.ofMinutes(30),
                null,
                null);
        boolean good = codes.stream().allMatch(code -> isLeft(code, customer));
        try {
            Redemption made = transactions
                    .run(tx -> reservations.reserve(tx, asked, List.of()))
                    .await()
                    .atMost(ANSWER);
            assertThat(good).as("a limit was passed, seed %d", seed).isTrue();
            assertThat(made.discount().amount())
                    .isLessThanOrEqualTo(made.amount().amount());
            all.add(new Made(made.id(), codes, customer));
        } catch (Problem refused) {
            assertThat(refused.kind()).isEqualTo(ProblemKind.UNPROCESSABLE);
            assertThat(good).as("%s, seed %d", refused.errors(), seed).isFalse();
        }
    }

    private boolean isLeft(int code, int customer) {
        List<Made> live = all.stream()
                .filter(made -> made.state != Redemption.State.RELEASED && made.codes.contains(code))
                .toList();
        return live.size() < most[code]
                && live.stream().filter(made -> made.customer == customer).count() < each[code];
    }

    private void confirm() {
        if (all.isEmpty()) return;
        Made made = all.get(random.nextInt(all.size()));
        boolean same = !made.order.isEmpty() && random.nextBoolean();
        String order = same ? made.order : "order-" + seed + "-" + orders++;
        Redemptions.Result expected = expected(made, order);
        Redemptions.Confirmed told = transactions
                .run(tx -> redemptions.confirm(tx, program, made.id, order, new Money(5, "EUR"), true))
                .await()
                .atMost(ANSWER);
        assertThat(told.result()).as("seed %d", seed).isEqualTo(expected);
        if (expected != Redemptions.Result.CONFIRMED) return;
        made.state = Redemption.State.CONFIRMED;
        made.order = order;
    }

    private Redemptions.Result expected(Made made, String order) {
        return switch (made.state) {
            case CONFIRMED -> order.equals(made.order) ? Redemptions.Result.REPEATED : Redemptions.Result.OTHER_ORDER;
            case RESERVED -> Redemptions.Result.CONFIRMED;
            case RELEASED ->
                made.codes.stream().allMatch(code -> isLeft(code, made.customer))
                        ? Redemptions.Result.CONFIRMED
                        : Redemptions.Result.USED_UP;
        };
    }

    private void release(Redemption.Release why) {
        if (all.isEmpty()) return;
        Made made = all.get(random.nextInt(all.size()));
        int rows = transactions
                .run(tx -> redemptions.release(tx, List.of(made.id), why, false))
                .await()
                .atMost(ANSWER);
        assertThat(rows).as("seed %d", seed).isEqualTo(made.state == Redemption.State.RESERVED ? made.codes.size() : 0);
        if (made.state == Redemption.State.RESERVED) made.state = Redemption.State.RELEASED;
    }
}
