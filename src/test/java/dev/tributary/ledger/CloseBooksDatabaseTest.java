package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.MovedClock;
import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs and rails hold, by the books that were closed and what came since; all in a January of its own. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class CloseBooksDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Ledger ledger;

    @Inject
    CloseRepository repository;

    @Inject
    Instance<BookCheck> checks;

    @Inject
    CommandLineApplication application;

    private final UUID rail = UUID.randomUUID();
    private Purse purse;

    @BeforeEach
    void a_program() {
        UUID id = Promoter.in(pool, "UTC").id();
        purse = new Purse(id, id, "EUR");
    }

    @Test
    void a_program_and_a_rail_hold_at_any_moment_what_their_entries_say_whenever_the_books_were_closed() {
        long seed = 20260105;
        Random random = new Random(seed);
        List<Instant> moments = new ArrayList<>();
        Instant now = january();
        for (int i = 0; i < 60; i++) {
            now = now.plusSeconds(random.nextInt(12_000));
            clock.at(now.toString());
            moments.add(now);
            business(random);
            if (random.nextInt(6) == 0) close();
        }
        close();
        assertThat(closes()).as("seed %d", seed).isGreaterThan(3);
        for (Instant moment : moments)
            for (UUID owner : List.of(purse.programId(), rail))
                assertThat(held(owner, moment)).as("%s, seed %d", moment, seed).isEqualTo(added(owner, moment));
        assertThat(Typed.run(application, "job", "check-books").exitCode()).isZero();
    }

    @Test
    void a_day_is_closed_once_it_has_been_over_for_an_hour() {
        Instant day = january();
        clock.at(day.plus(Duration.ofHours(23)).toString());
        post(Entry.earn(source(), purse, 500, clock.instant(), ""));
        long before = closes();
        clock.at(day.plus(Duration.ofHours(24)).plusMillis(3_599_999).toString());
        close();
        assertThat(snapshots()).isZero();
        clock.at(day.plus(Duration.ofHours(25)).toString());
        String rehearsed =
                Typed.run(application, "job", "close-books", "--dry-run").toString();
        assertThat(rehearsed).contains("would close ", " entries until " + day.plus(Duration.ofDays(1)));
        assertThat(snapshots()).isZero();
        close();
        close();
        assertThat(snapshots()).isOne();
        assertThat(closes() - before).isLessThanOrEqualTo(2);
        assertThat(held(purse.programId(), clock.instant())).isEqualTo("expense EUR -500");
        assertThat(held(purse.programId(), day)).isEmpty();
    }

    @Test
    void an_entry_that_comes_below_a_close_is_found() {
        Instant day = january();
        clock.at(day.plusSeconds(60).toString());
        post(Entry.earn(source(), purse, 500, clock.instant(), ""));
        clock.at(day.plus(Duration.ofDays(2)).toString());
        close();
        BookCheck check = checks.stream()
                .filter(each -> each.name().equals("closed-books-stay"))
                .findFirst()
                .orElseThrow();
        clock.at(day.plusSeconds(120).toString());
        List<String> found = pool.withConnection(c -> c.begin()
                        .chain(tx -> ledger.post(c, List.of(Entry.earn(source(), purse, 7, clock.instant(), "")))
                                .chain(() -> check.breaches(c, 5))
                                .eventually(tx::rollback)))
                .await()
                .atMost(ANSWER);
        assertThat(found).singleElement().satisfies(line -> assertThat(line)
                .contains("expense EUR of " + purse.programId())
                .contains("held -500", "say -507"));
    }

    @Test
    void what_was_closed_never_changes() {
        for (String sql : List.of("UPDATE ledger_snapshot SET balance_minor = 0", "DELETE FROM ledger_close"))
            assertThatThrownBy(() -> pool.query(sql).execute().await().atMost(ANSWER))
                    .hasMessageContaining("only ever added to");
    }

    @Test
    void a_close_ends_before_a_millisecond_that_would_be_too_much() {
        Instant day = january();
        clock.at(day.toString());
        UUID from = Ids.floor(day);
        UUID end = Ids.floor(day.plusSeconds(9));
        for (int i = 0; i < 5; i++) {
            clock.at(day.plusSeconds(i).toString());
            post(Entry.earn(source(), purse, 1, clock.instant(), ""));
        }
        UUID third =
                transactions.read(c -> repository.nth(c, from, end, 2)).await().atMost(ANSWER);
        assertThat(CloseBooksJob.until(from, third, end)).isEqualTo(Ids.floor(day.plusSeconds(2)));
        assertThat(transactions
                        .read(c -> repository.nth(c, from, end, 5))
                        .await()
                        .atMost(ANSWER))
                .isEqualTo(end);
        assertThat(CloseBooksJob.until(from, end, end)).isEqualTo(end);
        assertThat(CloseBooksJob.until(from, from, end)).isEqualTo(end);
    }

    /** The first midnight that no test has closed yet. */
    private Instant january() {
        UUID last = transactions.read(repository::last).await().atMost(ANSWER);
        Instant closed = Ids.timeOf(last);
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        return closed.isBefore(first) ? first : closed;
    }

    private void business(Random random) {
        Source source = source();
        Instant now = clock.instant();
        long amount = 1 + random.nextInt(1_000);
        switch (random.nextInt(4)) {
            case 0 -> post(Entry.adjust(source, purse, -amount, now, ""));
            case 1 -> {
                post(Entry.adjust(source, purse, 10_000, now, ""), Entry.reserve(source, purse, amount, now, ""));
                post(Entry.paid(source, purse, rail, amount, now, ""));
            }
            default -> post(Entry.earn(source, purse, amount, now, ""));
        }
    }

    private static Source source() {
        return new Source("test_sale", UUID.randomUUID());
    }

    private void post(Entry... entries) {
        transactions.run(tx -> ledger.post(tx, List.of(entries))).await().atMost(ANSWER);
    }

    private void close() {
        Typed closed = Typed.run(application, "job", "close-books");
        assertThat(closed.exitCode()).as(closed.toString()).isZero();
    }

    private long closes() {
        return (Long) pool.query("SELECT count(*) FROM ledger_close")
                .execute()
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getValue(0);
    }

    private long snapshots() {
        return (Long) pool.preparedQuery("SELECT count(*) FROM ledger_snapshot WHERE owner_id = $1")
                .execute(Tuple.of(purse.programId()))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getValue(0);
    }

    private String held(UUID owner, Instant asOf) {
        return transactions.read(c -> ledger.held(c, owner, asOf)).await().atMost(ANSWER).stream()
                .map(each -> "%s %s %d"
                        .formatted(each.account().kind().text(), each.account().currency(), each.balanceMinor()))
                .collect(Collectors.joining(", "));
    }

    /** The same from all entries. */
    private String added(UUID owner, Instant asOf) {
        List<String> sums = new ArrayList<>();
        pool.preparedQuery(
                        """
                        SELECT account, currency, sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END)::bigint
                          FROM ledger_posting WHERE owner_id = $1 AND entry_id < $2
                           AND account IN ('expense', 'fees', 'withheld', 'clearing')
                         GROUP BY 1, 2 ORDER BY 1, 2
                        """)
                .execute(Tuple.of(owner, Ids.floor(asOf)))
                .await()
                .atMost(ANSWER)
                .forEach(row -> sums.add("%s %s %d".formatted(row.getString(0), row.getString(1), row.getLong(2))));
        return String.join(", ", sums);
    }
}
