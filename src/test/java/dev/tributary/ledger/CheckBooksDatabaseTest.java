package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks of every room: they pass when the books are in order, and each finds what it is for. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CheckBooksDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Ledger ledger;

    @Inject
    Instance<BookCheck> checks;

    @Inject
    Instance<SeededBreaches> breaches;

    @Inject
    CommandLineApplication application;

    private UUID somebody;

    @BeforeEach
    void some_business() {
        somebody = Promoter.in(pool, "UTC").id();
        Purse purse = new Purse(somebody, somebody, "EUR");
        Source sale = new Source("test_sale", UUID.randomUUID());
        transactions
                .run(tx -> ledger.post(
                        tx,
                        List.of(
                                Entry.earn(sale, purse, 500, Instant.EPOCH, ""),
                                Entry.release(sale, purse, 400, Instant.EPOCH, ""),
                                Entry.reverse(sale, purse, 100, 400, Instant.EPOCH, ""))))
                .await()
                .atMost(ANSWER);
    }

    @Test
    void every_check_finds_each_breach_that_is_made_for_it() {
        List<String> tried = new ArrayList<>();
        for (SeededBreaches room : breaches)
            for (SeededBreaches.Breach breach : room.all()) {
                assertThat(findings(breach)).as(breach.toString()).isNotEmpty();
                tried.add(breach.check());
            }
        assertThat(tried)
                .containsAll(checks.stream().map(BookCheck::name).toList())
                .hasSizeGreaterThan(20);
    }

    private List<String> findings(SeededBreaches.Breach breach) {
        BookCheck check = checks.stream()
                .filter(each -> each.name().equals(breach.check()))
                .findFirst()
                .orElseThrow();
        return pool.withConnection(c -> c.begin().chain(tx -> check.breaches(c, 5)
                        .invoke(before -> assertThat(before).isEmpty())
                        .chain(() -> c.query(breach.sql()).execute())
                        .chain(() -> check.breaches(c, 5))
                        .eventually(tx::rollback)))
                .await()
                .atMost(ANSWER);
    }

    @Test
    void books_in_order_end_with_zero_and_a_line_for_each_check() {
        Typed typed = Typed.run(application, "job", "check-books");
        assertThat(typed.exitCode()).as(typed.toString()).isZero();
        for (BookCheck check : checks)
            assertThat(typed.lines()).contains("ok    " + check.name() + ": " + check.claim());
    }

    @Test
    void a_breach_ends_with_one_and_is_named() {
        add(1);
        Typed typed = Typed.run(application, "job", "check-books");
        add(-1);
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.lines())
                .contains(
                        "      enrollment %s keeps 1 0 0, its entries say 0 0 0, in EUR".formatted(somebody),
                        "1 of %d checks found the books wrong"
                                .formatted(checks.stream().count()));
        assertThat(Typed.run(application, "job", "check-books", "--check", "balances-recomputed")
                        .exitCode())
                .isZero();
    }

    private void add(int pending) {
        pool.query("UPDATE ledger_balance SET pending = pending + %d WHERE enrollment_id = '%s'"
                        .formatted(pending, somebody))
                .execute()
                .await()
                .atMost(ANSWER);
    }

    @Test
    void a_check_that_is_not_there_is_named_with_those_that_are() {
        Typed typed = Typed.run(application, "job", "check-books", "--check", "everything");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.toString()).contains("no check everything", "balances-recomputed");
    }

    /** Names are told apart, and a check that only looks may run beside business. */
    @Test
    void checks_only_read_and_have_names_of_their_own() {
        List<String> names = checks.stream().map(BookCheck::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
        for (BookCheck check : checks) {
            Uni<List<String>> found = transactions.run(
                    tx -> tx.query("SET TRANSACTION READ ONLY").execute().chain(() -> check.breaches(tx, 1)));
            assertThat(found.await().atMost(ANSWER)).isEmpty();
        }
    }
}
