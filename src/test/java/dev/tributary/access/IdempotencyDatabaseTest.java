package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class IdempotencyDatabaseTest {
    private static final String OPERATION = "POST /test";

    @Inject
    Idempotency idempotency;

    @Inject
    Transactions transactions;

    @Test
    void fifty_requests_with_one_key_at_once_have_one_effect_and_the_rest_its_answer_or_409() {
        String key = UUID.randomUUID().toString();
        List<CompletableFuture<Response>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) calls.add(request(key, Map.of("amount", 5)).subscribeAsCompletionStage());
        int answered = 0;
        for (CompletableFuture<Response> call : calls) {
            try {
                assertThat(call.join().getStatus()).isEqualTo(201);
                answered++;
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind())
                        .isEqualTo(ProblemKind.IN_PROGRESS));
            }
        }
        assertThat(answered).isPositive();
        assertThat(effects(key)).isEqualTo(1);
    }

    @Test
    void the_same_request_gets_the_stored_answer_with_its_location() {
        String key = UUID.randomUUID().toString();
        Response first = request(key, Map.of("amount", 5)).await().indefinitely();
        Response again = request(key, Map.of("amount", 5)).await().indefinitely();
        assertThat(again.getStatus()).isEqualTo(201);
        assertThat(again.getHeaderString("Location")).isEqualTo(first.getHeaderString("Location"));
        assertThat(again.getEntity()).isEqualTo("{\"made\":\"" + key + "\"}");
        assertThat(effects(key)).isEqualTo(1);
    }

    @Test
    void another_body_under_a_used_key_is_refused() {
        String key = UUID.randomUUID().toString();
        request(key, Map.of("amount", 5)).await().indefinitely();
        assertThatThrownBy(() -> request(key, Map.of("amount", 6)).await().indefinitely())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.KEY_REUSED));
    }

    @Test
    void a_request_that_failed_may_be_sent_again() {
        String key = UUID.randomUUID().toString();
        assertThatThrownBy(() -> idempotency
                        .run(key, OPERATION, Map.of("amount", 5), tx -> effect(tx, key)
                                .chain(() -> Uni.createFrom().failure(new Problem(ProblemKind.UNAVAILABLE, "away"))))
                        .await()
                        .indefinitely())
                .isInstanceOf(Problem.class);
        assertThat(effects(key)).isZero();
        request(key, Map.of("amount", 5)).await().indefinitely();
        assertThat(effects(key)).isEqualTo(1);
    }

    private Uni<Response> request(String key, Object body) {
        return idempotency.run(key, OPERATION, body, tx -> effect(tx, key));
    }

    private static Uni<Response> effect(SqlConnection tx, String key) {
        return tx.preparedQuery("INSERT INTO referral_code (code_key, created_at) VALUES ($1, now())")
                .execute(Tuple.of("IDEMPOTENCY-" + key + "-" + UUID.randomUUID()))
                .map(done -> Response.status(201)
                        .header("Location", "/test/" + key)
                        .entity(Map.of("made", key))
                        .build());
    }

    private long effects(String key) {
        return transactions
                .read(c -> c.preparedQuery("SELECT count(*) FROM referral_code WHERE code_key LIKE $1")
                        .execute(Tuple.of("IDEMPOTENCY-" + key + "-%")))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
