package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The ledger against the book in memory, through random courses of business: both book and refuse the same and end with the
 * same balances. {@code -Dtributary.book.sequences=10000} walks through more of them.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class BookDatabaseTest {
    private static final int SEQUENCES = Integer.getInteger("tributary.book.sequences", 60);
    private static final int STEPS = 30;
    private static final int REFUSED = -1;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Ledger ledger;

    @Inject
    Instance<BookCheck> checks;

    @Test
    void any_course_of_business_leaves_the_same_books_as_in_memory() {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            try {
                course(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("with the seed " + seed, e);
            }
        }
        for (BookCheck check : checks) {
            Uni<List<String>> breaches = pool.withConnection(c -> check.breaches(c, 5));
            assertThat(breaches.await().atMost(ANSWER)).as(check.name()).isEmpty();
        }
    }

    private void course(Random random) {
        List<Purse> purses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            UUID somebody = Promoter.in(pool, "UTC").id();
            purses.add(new Purse(somebody, somebody, "EUR"));
            purses.add(new Purse(somebody, somebody, "JPY"));
        }
        Book book = new Book();
        Business business = new Business(random, book, purses);
        for (int i = 0; i < STEPS; i++) {
            List<Entry> batch = business.next();
            assertThat(inDatabase(batch)).isEqualTo(inMemory(book, batch));
        }
        for (Purse purse : purses) assertThat(kept(purse)).isEqualTo(expected(book, purse));
    }

    private static int inMemory(Book book, List<Entry> batch) {
        try {
            return book.post(batch);
        } catch (Overdrawn e) {
            return REFUSED;
        }
    }

    private int inDatabase(List<Entry> batch) {
        return transactions
                .run(tx -> ledger.post(tx, batch))
                .onFailure(Overdrawn.class)
                .recoverWithItem(REFUSED)
                .await()
                .atMost(ANSWER);
    }

    private Balances.Line kept(Purse purse) {
        return transactions
                .read(c -> ledger.balances(c, purse.enrollmentId()))
                .await()
                .atMost(ANSWER)
                .in(purse.currency())
                .orElse(new Balances.Line(purse.currency(), 0, 0, 0));
    }

    private static Balances.Line expected(Book book, Purse purse) {
        return new Balances.Line(
                purse.currency(),
                book.balance(purse.pending()),
                book.balance(purse.available()),
                book.balance(purse.inTransit()));
    }
}
