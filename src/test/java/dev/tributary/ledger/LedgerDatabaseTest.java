package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class LedgerDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID RAIL = UUID.fromString("00000000-0000-7000-8000-00000000000a");

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Ledger ledger;

    private Purse purse;

    @BeforeEach
    void somebody() {
        purse = somebodyElse();
    }

    private Purse somebodyElse() {
        UUID id = Promoter.in(pool, "UTC").id();
        return new Purse(id, id, "EUR");
    }

    @Test
    void money_moves_from_earned_to_paid() {
        Source commission = commission();
        Source payout = new Source("payout", UUID.randomUUID());
        assertThat(post(Entry.earn(commission, purse, 500, NOON, "Sale A-1"))).isEqualTo(1);
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 500, 0, 0));
        post(Entry.release(commission, purse, 500, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, 500, 0));
        post(Entry.reserve(payout, purse, 400, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, 100, 400));
        post(Entry.paid(payout, purse, RAIL, 400, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, 100, 0));
        post(Entry.returned(payout, purse, RAIL, 400, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, 500, 0));
        assertThat(query(
                                "SELECT side, sum(amount_minor) FROM ledger_posting WHERE owner_id = $1 AND account = 'clearing'"
                                        + " AND enrollment_id = $2 GROUP BY 1 ORDER BY 1",
                                RAIL,
                                purse.enrollmentId())
                        .stream()
                        .map(Row::deepToString))
                .containsExactly("[credit,400]", "[debit,400]");
    }

    @Test
    void currencies_have_balances_of_their_own() {
        Purse yen = new Purse(purse.programId(), purse.enrollmentId(), "JPY");
        post(Entry.earn(commission(), yen, 7, NOON, ""), Entry.earn(commission(), purse, 500, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 500, 0, 0), new Balances.Line("JPY", 7, 0, 0));
    }

    @Test
    void a_refund_after_payout_makes_a_debt_that_later_earnings_pay_down() {
        Source commission = commission();
        Source payout = new Source("payout", UUID.randomUUID());
        post(Entry.earn(commission, purse, 500, NOON, ""));
        post(Entry.release(commission, purse, 500, NOON, ""));
        post(Entry.reserve(payout, purse, 500, NOON, ""));
        post(Entry.paid(payout, purse, RAIL, 500, NOON, ""));
        post(Entry.reverse(commission, purse, 0, 500, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, -500, 0));

        Source later = commission();
        post(Entry.earn(later, purse, 700, NOON, ""));
        post(Entry.release(later, purse, 700, NOON, ""));
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, 200, 0));
    }

    @Test
    void two_hundred_at_once_add_up_and_a_replay_of_all_adds_nothing() {
        Purse other = somebodyElse();
        List<List<Entry>> batches = IntStream.range(0, 200)
                .mapToObj(i -> List.of(
                        Entry.earn(commission(), i % 2 == 0 ? purse : other, i + 1, NOON, ""),
                        Entry.earn(commission(), i % 2 == 0 ? other : purse, 1000, NOON, "")))
                .toList();
        assertThat(together(batches)).isEqualTo(400);
        assertThat(together(batches)).isZero();

        // the odd, and the even numbers up to 200
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 10_000 + 100_000, 0, 0));
        assertThat(balances(other)).containsExactly(new Balances.Line("EUR", 10_100 + 100_000, 0, 0));
    }

    @Test
    void the_same_entry_two_hundred_times_at_once_is_booked_once() {
        Entry entry = Entry.earn(commission(), purse, 500, NOON, "");
        List<List<Entry>> same =
                IntStream.range(0, 200).mapToObj(i -> List.of(entry)).toList();
        assertThat(together(same)).isEqualTo(1);
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 500, 0, 0));
        assertThat(post(entry, entry)).isZero();
    }

    @Test
    void two_hundred_reservations_at_once_never_take_more_than_there_is() {
        Source commission = commission();
        post(Entry.earn(commission, purse, 1000, NOON, ""));
        post(Entry.release(commission, purse, 1000, NOON, ""));
        List<Uni<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Entry reserve = Entry.reserve(new Source("payout", UUID.randomUUID()), purse, 30, NOON, "");
            all.add(transactions
                    .run(tx -> ledger.post(tx, List.of(reserve)))
                    .onFailure(Overdrawn.class)
                    .recoverWithItem(0));
        }
        int done = Uni.join().all(all).andFailFast().await().atMost(ANSWER).stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(done).isEqualTo(33);
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 0, 10, 990));
    }

    @Test
    void what_is_not_pending_or_not_in_transit_cannot_be_taken() {
        assertThatThrownBy(() -> post(Entry.release(commission(), purse, 1, NOON, "")))
                .isInstanceOf(Overdrawn.class);
        post(Entry.earn(commission(), purse, 5, NOON, ""));
        assertThatThrownBy(() -> post(Entry.reverse(commission(), purse, 6, 0, NOON, "")))
                .isInstanceOf(Overdrawn.class);
        assertThatThrownBy(() -> post(Entry.failed(commission(), purse, 1, NOON, "")))
                .isInstanceOf(Overdrawn.class);
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 5, 0, 0));
    }

    @Test
    void a_batch_with_replays_books_the_rest_of_it_whole() {
        Source commission = commission();
        Entry earned = Entry.earn(commission, purse, 500, NOON, "");
        post(earned);
        post(Entry.release(commission, purse, 200, NOON, ""));
        Entry reversed = Entry.reverse(commission, purse, 300, 100, NOON, "refund");

        assertThat(post(reversed, earned, Entry.earn(commission(), purse, 7, NOON, "")))
                .isEqualTo(2);
        assertThat(post(earned, reversed)).isZero();
        assertThat(balances()).containsExactly(new Balances.Line("EUR", 7, 100, 0));
        assertThat(query("SELECT line FROM ledger_entry WHERE kind = 'reverse' AND source_id = $1", commission.id()))
                .hasSize(2);
    }

    @Test
    void an_entry_that_is_booked_with_another_amount_is_refused_not_passed_over() {
        Source commission = commission();
        post(Entry.earn(commission, purse, 500, NOON, ""));
        assertThatThrownBy(() -> post(Entry.earn(commission, purse, 501, NOON, "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(commission.id().toString());
        post(Entry.reverse(commission, purse, 500, 0, NOON, ""));
        assertThatThrownBy(() -> post(Entry.reverse(commission, purse, 400, 100, NOON, "")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_largest_amount_is_booked_and_a_balance_beyond_it_is_refused() {
        post(Entry.earn(commission(), purse, Long.MAX_VALUE, NOON, ""));
        assertThatThrownBy(() -> post(Entry.earn(commission(), purse, 1, NOON, "")))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("out of range");
        assertThat(balances()).containsExactly(new Balances.Line("EUR", Long.MAX_VALUE, 0, 0));
    }

    @Test
    void a_transaction_that_rolls_back_leaves_nothing() {
        Entry entry = Entry.earn(commission(), purse, 500, NOON, "");
        assertThatThrownBy(() -> transactions
                        .run(tx -> ledger.post(tx, List.of(entry)).invoke(booked -> {
                            throw new IllegalStateException("after it");
                        }))
                        .await()
                        .atMost(ANSWER))
                .hasMessage("after it");
        assertThat(balances()).isEmpty();
        assertThat(post(entry)).isEqualTo(1);
    }

    @Test
    void two_thousand_go_in_one_call_and_more_do_not() {
        List<Entry> most = IntStream.range(0, Ledger.MAX_ENTRIES)
                .mapToObj(i -> Entry.earn(commission(), purse, 1, NOON, ""))
                .toList();
        assertThat(post(most.toArray(Entry[]::new))).isEqualTo(2_000);
        List<Entry> more = new ArrayList<>(most);
        more.add(Entry.earn(commission(), purse, 1, NOON, ""));
        assertThatThrownBy(() -> post(more.toArray(Entry[]::new))).isInstanceOf(IllegalArgumentException.class);
        assertThat(post()).isZero();
    }

    /** The database itself refuses them, whoever asks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET amount_minor = 1",
                "UPDATE ledger_entry SET memo = '' WHERE false",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "DELETE FROM ledger_balance",
                "TRUNCATE ledger_balance",
                "DELETE FROM ledger_posting",
                "UPDATE ledger_posting SET amount_minor = 1"
            })
    void entries_are_never_changed_or_removed(String sql) {
        post(Entry.earn(commission(), purse, 500, NOON, ""));
        assertThatThrownBy(() -> query(sql)).isInstanceOf(PgException.class);
        assertThat(query(
                        "SELECT FROM ledger_entry WHERE enrollment_id = $1 AND amount_minor = 500",
                        purse.enrollmentId()))
                .hasSize(1);
    }

    /** Each is one whole row but for one thing; debit without credit, or of another amount, has no place in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'earn', 'expense', NULL, 500, 'EUR'",
                "'earn', NULL, 'pending', 500, 'EUR'",
                "'earn', 'pending', 'expense', 500, 'EUR'",
                "'earn', 'expense', 'available', 500, 'EUR'",
                "'earn', 'pending', 'pending', 500, 'EUR'",
                "'earn', 'expense', 'pending', 0, 'EUR'",
                "'earn', 'expense', 'pending', -500, 'EUR'",
                "'earn', 'expense', 'pending', 500, 'eur'",
                "'earn', 'expense', 'pending', 500, NULL",
                "'gift', 'expense', 'pending', 500, 'EUR'",
                "'paid', 'in_transit', 'clearing', 500, 'EUR'"
            })
    void the_database_refuses_what_is_no_balanced_entry(String values) {
        String insert =
                """
                INSERT INTO ledger_entry (id, line, source_kind, source_id, number, program_id, enrollment_id, occurred_at,
                       memo, kind, debit, credit, amount_minor, currency)
                VALUES (gen_random_uuid(), 0, 'commission', gen_random_uuid(), 0, $1, $2, now(), '', %s)
                """;
        assertThatThrownBy(() -> insert(insert.formatted(values))).isInstanceOf(PgException.class);
        assertThatThrownBy(() -> insert(insert.formatted("'earn', 'expense', 'pending', 500, 'EUR'")))
                .hasMessage("it went in");
    }

    private void insert(String sql) {
        transactions
                .run(tx -> tx.preparedQuery(sql)
                        .execute(Tuple.of(purse.programId(), purse.enrollmentId()))
                        .invoke(rows -> {
                            throw new IllegalStateException("it went in");
                        }))
                .await()
                .atMost(ANSWER);
    }

    private int together(List<List<Entry>> batches) {
        List<Uni<Integer>> all = batches.stream()
                .map(batch -> transactions.run(tx -> ledger.post(tx, batch)))
                .toList();
        return Uni.join().all(all).andFailFast().await().atMost(ANSWER).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private int post(Entry... entries) {
        return transactions.run(tx -> ledger.post(tx, List.of(entries))).await().atMost(ANSWER);
    }

    private List<Balances.Line> balances() {
        return balances(purse);
    }

    private List<Balances.Line> balances(Purse of) {
        return transactions
                .read(c -> ledger.balances(c, of.enrollmentId()))
                .await()
                .atMost(ANSWER)
                .lines();
    }

    private static Source commission() {
        return new Source("test_sale", UUID.randomUUID());
    }

    private List<Row> query(String sql, Object... arguments) {
        List<Row> rows = new ArrayList<>();
        pool.preparedQuery(sql)
                .execute(Tuple.from(arguments))
                .await()
                .atMost(ANSWER)
                .forEach(rows::add);
        return rows;
    }
}
