package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.embedded.Stores;
import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Source;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random courses of business on PostgreSQL beside a model that knows nothing but amounts: sales, refunds and disputes
 * through their doors, decisions of staff, payouts between, some courses at once. {@code -Dtributary.courses=10000} runs
 * more of them.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CoursesDatabaseTest {
    /** A course waits for PostgreSQL most of its time; half of the pool's connections are left to the application. */
    private static final int AT_ONCE = 8;

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final UUID RAIL = UUID.fromString("00000000-0000-7000-8000-00000000000c");

    private static final String DUE =
            """
            SELECT 1 AS due FROM conversion_due d JOIN conversion v ON v.id = d.conversion_id WHERE v.program_id = $1
            """;

    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

    @Inject
    Booker booker;

    @Inject
    Ledger ledger;

    @Inject
    CommissionRepository repository;

    @Inject
    Posting posting;

    @Inject
    Instance<BookCheck> checks;

    @Test
    void the_books_say_what_the_model_says() throws Exception {
        long seed = Long.getLong("seed", 20261121L);
        int courses = Integer.getInteger("tributary.courses", 100);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> running = LongStream.range(seed, seed + courses)
                    .<Future<?>>mapToObj(each -> threads.submit(() -> run(each)))
                    .toList();
            for (Future<?> course : running) course.get();
        } finally {
            threads.shutdownNow();
        }
        for (BookCheck check : checks)
            assertThat(transactions.read(c -> check.breaches(c, 5)).await().atMost(ANSWER))
                    .as(check.name())
                    .isEmpty();
    }

    private void run(long seed) {
        Course course = new Course(new Random(seed));
        try {
            course.run();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("seed " + seed + ": " + course.told, failed);
        }
    }

    /** One sale as the model has it. */
    private static final class Sold {
        private final UUID id;
        private final String externalId;
        private final long amount;
        private long refunded;
        private long disputed;
        private boolean rejected;
        private boolean released;
        private boolean uplineReleased;

        private Sold(UUID id, String externalId, long amount) {
            this.id = id;
            this.externalId = externalId;
            this.amount = amount;
        }
    }

    private final class Course {
        private final Random random;
        private final Merchant merchant = new Merchant(pool, conversions, transactions, booker);
        private final UUID recruit = merchant.recruit();
        private final int bps;
        private final List<Sold> sales = new ArrayList<>();
        private final Map<UUID, Long> paid = new HashMap<>();
        private final List<String> told = new ArrayList<>();

        Course(Random random) {
            this.random = random;
            bps = random.nextInt(10_001);
            merchant.query(
                    "UPDATE program SET two_tier = true, base_rate_bps = $2 WHERE id = $1",
                    merchant.promoter.id(),
                    bps);
        }

        void run() {
            sell();
            for (int step = 0; step < 10; step++) {
                happen();
                if (random.nextBoolean()) book();
            }
            book();
            compare();
        }

        /** Books what is due here, with whatever is due elsewhere; what another course has in its hands is waited for. */
        private void book() {
            while (!merchant.query(DUE, merchant.promoter.id()).isEmpty()) {
                int taken = transactions
                        .run(tx -> booker.book(tx, 500))
                        .await()
                        .atMost(ANSWER)
                        .taken();
                if (taken == 0) merchant.query(DUE + " FOR UPDATE OF d", merchant.promoter.id());
            }
        }

        private void happen() {
            switch (random.nextInt(7)) {
                case 0, 1 -> sell();
                case 2, 3 -> refund(any(), RefundKind.REFUND);
                case 4 -> refund(any(), random.nextBoolean() ? RefundKind.DISPUTE : RefundKind.DISPUTE_WON);
                case 5 -> staff(any());
                default -> pay(random.nextBoolean() ? recruit : merchant.promoter.id());
            }
        }

        private Sold any() {
            return sales.get(random.nextInt(sales.size()));
        }

        private void sell() {
            long amount = 1 + (random.nextInt(4) == 0 ? random.nextLong(1_000_000_000_000L) : random.nextLong(300));
            String externalId = "o-" + sales.size();
            told.add("sell " + amount);
            sales.add(new Sold(merchant.sale(recruit, externalId, amount), externalId, amount));
        }

        private void refund(Sold sale, RefundKind kind) {
            long left = sale.amount - sale.refunded;
            long most = kind == RefundKind.DISPUTE_WON ? sale.disputed : left;
            if (most == 0) return;
            long amount = random.nextInt(3) == 0 ? most : 1 + random.nextLong(most);
            told.add(kind + " " + sale.externalId + " " + amount);
            conversions
                    .refund(List.of(new IncomingRefund(
                            merchant.promoter.id(),
                            kind,
                            UUID.randomUUID().toString(),
                            sale.externalId,
                            new Money(amount, "EUR"),
                            Instant.now())))
                    .await()
                    .atMost(ANSWER);
            sale.refunded += kind == RefundKind.DISPUTE_WON ? -amount : amount;
            if (kind != RefundKind.REFUND) sale.disputed += kind == RefundKind.DISPUTE_WON ? -amount : amount;
        }

        /** Approves all of a sale's commissions, or rejects the one of the affiliate that sold. */
        private void staff(Sold sale) {
            book();
            boolean approve = random.nextInt(3) > 0;
            told.add((approve ? "approve " : "reject ") + sale.externalId);
            transactions
                    .run(tx -> repository.of(tx, List.of(sale.id), true).chain(found -> {
                        List<Move> moves = new ArrayList<>();
                        for (Commission one : found) {
                            if (approve && one.status().mayApprove()) {
                                moves.add(Move.approve(one, Instant.now()));
                                if (one.level() == 0) sale.released = true;
                                else sale.uplineReleased = true;
                            } else if (!approve
                                    && one.level() == 0
                                    && one.status().mayReject()) {
                                moves.add(Move.reject(one, Instant.now(), "no"));
                                sale.rejected = true;
                            }
                        }
                        return posting.apply(tx, moves, Map.of(), approve ? null : "no");
                    }))
                    .await()
                    .atMost(ANSWER);
        }

        /** A payout of all that is available, as far as the books know of payouts. */
        private void pay(UUID enrollment) {
            book();
            String[] balance = merchant.balance(enrollment).split(" ");
            long available = balance.length < 2 ? 0 : Long.parseLong(balance[1]);
            if (available <= 0) return;
            told.add("pay " + available);
            Purse purse = new Purse(merchant.promoter.id(), enrollment, "EUR");
            Source payout = new Source("payout", UUID.randomUUID());
            transactions
                    .run(tx -> ledger.post(
                            tx,
                            List.of(
                                    Entry.reserve(payout, purse, available, Instant.now(), ""),
                                    Entry.paid(payout, purse, RAIL, available, Instant.now(), ""))))
                    .await()
                    .atMost(ANSWER);
            merchant.query(
                    "UPDATE commission SET status = 'paid', paid_at = now() WHERE enrollment_id = $1 AND status ="
                            + " 'approved'",
                    enrollment);
            paid.merge(enrollment, available, Math::addExact);
        }

        private void compare() {
            long pending = 0;
            long available = -paid.getOrDefault(recruit, 0L);
            long uplinePending = 0;
            long uplineAvailable = -paid.getOrDefault(merchant.promoter.id(), 0L);
            for (Sold sale : sales) {
                long base = share(sale.amount, bps, 10_000);
                long stands = sale.rejected ? 0 : share(base, sale.amount - sale.refunded, sale.amount);
                long upline = share(share(base, 500, 10_000), sale.amount - sale.refunded, sale.amount);
                if (sale.released) available += stands;
                else pending += stands;
                if (sale.uplineReleased) uplineAvailable += upline;
                else uplinePending += upline;
            }
            assertThat(balance(recruit)).isEqualTo(pending + " " + available);
            assertThat(balance(merchant.promoter.id())).isEqualTo(uplinePending + " " + uplineAvailable);
        }

        private String balance(UUID enrollment) {
            String balance = merchant.balance(enrollment);
            return balance.equals("none") ? "0 0" : balance;
        }

        private static long share(long amount, long part, long whole) {
            return BigDecimal.valueOf(amount)
                    .multiply(BigDecimal.valueOf(part))
                    .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        }
    }
}
