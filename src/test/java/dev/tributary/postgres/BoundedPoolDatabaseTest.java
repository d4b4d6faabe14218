package dev.tributary.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class BoundedPoolDatabaseTest {
    private static final int ANSWER_SECONDS = 20;

    @Inject
    Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int size;

    /** Others of the application may wait, too, so somewhat fewer than the bound are served. */
    @Test
    void who_comes_when_the_queue_is_full_is_refused_at_once_and_all_others_are_served() {
        CompletableFuture<Integer> release = new CompletableFuture<>();
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < size + BoundedPool.WAITING + 1; i++)
            asked.add(pool.withConnection(c -> Uni.createFrom().completionStage(release))
                    .onFailure()
                    .invoke(refused::complete)
                    .onFailure()
                    .recoverWithItem(0)
                    .subscribeAsCompletionStage());

        Throwable refusal = refused.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        release.complete(1);

        assertThat(refusal).hasMessageContaining("max wait queue size of " + BoundedPool.WAITING);
        long served = asked.stream()
                .map(each -> each.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join())
                .filter(answer -> Objects.equals(answer, 1))
                .count();
        assertThat(served).isGreaterThan(BoundedPool.WAITING / 2);
    }
}
