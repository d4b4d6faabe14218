package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.EmbeddedPostgres;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever was told that something failed does not see it happen later. On a pool of its own, so that nobody else waits there. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TransactionsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String WRITE = "INSERT INTO transaction_probe (n) VALUES (1)";

    private static final int SIZE = 2;
    private static final int QUEUE = 3;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    private final AtomicInteger told = new AtomicInteger();
    private Pool pool;
    private Transactions transactions;

    @BeforeEach
    void make() {
        pool = Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(SIZE).setMaxWaitQueueSize(QUEUE))
                .connectingTo(PgConnectOptions.fromUri(url).setUser(EmbeddedPostgres.USER))
                .using(vertx)
                .build());
        transactions = new Transactions(pool, vertx);
        ask("CREATE TABLE transaction_probe (n integer)");
    }

    @AfterEach
    void drop() {
        ask("DROP TABLE transaction_probe");
        pool.close().await().atMost(ANSWER);
    }

    @Test
    void work_that_got_no_connection_in_time_is_never_begun() {
        List<SqlConnection> all = takeAll();
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> transactions
                        .run(SHORT, tx -> write(tx).invoke(begun::incrementAndGet))
                        .await()
                        .atMost(ANSWER))
                .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> transactions
                        .read(SHORT, c -> write(c).invoke(begun::incrementAndGet))
                        .await()
                        .atMost(ANSWER))
                .isInstanceOf(TimeoutException.class);
        giveBack(all);

        // who waits longest has its connection first
        assertThat(written()).isZero();
        assertThat(begun).hasValue(0);
    }

    @Test
    void work_that_ends_after_its_deadline_is_rolled_back() {
        CompletableFuture<Integer> late = new CompletableFuture<>();

        assertThatThrownBy(() -> transactions
                        .run(SHORT, tx -> write(tx).chain(() -> Uni.createFrom().completionStage(late)))
                        .await()
                        .atMost(ANSWER))
                .isInstanceOf(TimeoutException.class);
        late.complete(1);
        giveBack(takeAll());

        assertThat(written()).isZero();
        assertThat(told).hasValue(0);
    }

    @Test
    void what_is_to_be_done_after_a_commit_is_done_once_then() {
        transactions.run(this::write).await().atMost(ANSWER);

        assertThat(written()).isEqualTo(1);
        assertThat(told).hasValue(1);
    }

    @Test
    void a_request_is_refused_where_the_queue_is_full_and_other_work_waits_for_its_place() {
        List<SqlConnection> all = takeAll();
        List<CompletableFuture<Integer>> queue = new ArrayList<>();
        for (int i = 0; i < QUEUE; i++)
            queue.add(pool.withConnection(c -> Uni.createFrom().item(1))
                    .onFailure()
                    .recoverWithItem(0)
                    .subscribeAsCompletionStage());

        assertThatThrownBy(() -> transactions.run(this::write).await().atMost(ANSWER))
                .isInstanceOf(ConnectionPoolTooBusyException.class);
        CompletableFuture<Integer> patient =
                transactions.run(ANSWER, this::write).subscribeAsCompletionStage();
        giveBack(all);

        patient.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS).join();
        queue.forEach(CompletableFuture::join);
        assertThat(written()).isEqualTo(1);
    }

    private Uni<Integer> write(SqlConnection tx) {
        transactions.afterCommit(tx, told::incrementAndGet);
        return tx.query(WRITE).execute().map(done -> done.rowCount());
    }

    private List<SqlConnection> takeAll() {
        List<SqlConnection> all = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) all.add(pool.getConnection().await().atMost(ANSWER));
        return all;
    }

    private static void giveBack(List<SqlConnection> all) {
        all.forEach(each -> each.close().await().atMost(ANSWER));
    }

    private long written() {
        return pool.query("SELECT count(*) FROM transaction_probe")
                .execute()
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getLong(0);
    }

    private void ask(String sql) {
        pool.query(sql).execute().await().atMost(ANSWER);
    }
}
