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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class ApiKeysDatabaseTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    ApiKeys keys;

    @Inject
    Transactions transactions;

    @Inject
    Idempotency idempotency;

    private final UUID owner = UUID.randomUUID();

    @Test
    void only_the_hash_of_a_secret_is_stored() {
        Issued issued = merchantKey("read");
        assertThat(issued.secret()).startsWith("trk_").hasSize(47);
        String row = in(tx -> tx.preparedQuery("SELECT row_to_json(k)::text FROM api_key k WHERE id = $1")
                .execute(Tuple.of(issued.key().id()))
                .map(rows -> rows.iterator().next().getString(0)));
        assertThat(row)
                .contains(issued.key().hint())
                .doesNotContain(issued.secret().substring(10));
        assertThat(issued.toString()).doesNotContain(issued.secret());
    }

    @Test
    void an_owner_sees_its_own_keys_newest_first_and_nobody_elses() {
        Issued first = merchantKey("read");
        Issued second = merchantKey("read", "track:write");
        in(tx -> keys.issue(tx, KeyOwner.AFFILIATE, owner, "script", Set.of()));
        in(tx -> keys.issue(tx, KeyOwner.PROGRAM, UUID.randomUUID(), "other", Set.of("read")));
        assertThat(list())
                .extracting(ApiKey::id)
                .containsExactly(second.key().id(), first.key().id());
        assertThat(list().get(0).scopes()).containsExactlyInAnyOrder("read", "track:write");
    }

    @Test
    void a_rotated_key_lives_for_the_overlap_and_keeps_name_and_scopes() {
        Issued old = merchantKey("read");
        Issued fresh =
                in(tx -> keys.rotate(tx, KeyOwner.PROGRAM, owner, old.key().id(), HOUR));
        assertThat(fresh.key().name()).isEqualTo("shop");
        assertThat(fresh.key().scopes()).containsExactly("read");
        ApiKey rotated = find(old.key().id());
        Instant ends = rotated.expiresAt();
        assertThat(rotated.liveAt(ends.minusMillis(1))).isTrue();
        assertThat(rotated.liveAt(ends)).isFalse();

        in(tx -> keys.rotate(tx, KeyOwner.PROGRAM, owner, old.key().id(), HOUR.multipliedBy(5)));
        assertThat(find(old.key().id()).expiresAt())
                .as("another rotation lengthens nothing")
                .isEqualTo(ends);
    }

    @Test
    void a_key_that_ended_is_not_rotated() {
        Issued old = merchantKey("read");
        in(tx -> keys.revoke(tx, KeyOwner.PROGRAM, owner, old.key().id()));
        refused(
                ProblemKind.CONFLICT,
                tx -> keys.rotate(tx, KeyOwner.PROGRAM, owner, old.key().id(), HOUR));
    }

    @Test
    void revoking_again_changes_nothing() {
        Issued issued = merchantKey("read");
        ApiKey once =
                in(tx -> keys.revoke(tx, KeyOwner.PROGRAM, owner, issued.key().id()));
        ApiKey twice =
                in(tx -> keys.revoke(tx, KeyOwner.PROGRAM, owner, issued.key().id()));
        assertThat(once.revokedAt()).isNotNull();
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void anothers_key_is_not_found() {
        Issued issued = merchantKey("read");
        UUID id = issued.key().id();
        refused(ProblemKind.NOT_FOUND, tx -> keys.revoke(tx, KeyOwner.PROGRAM, UUID.randomUUID(), id));
        refused(ProblemKind.NOT_FOUND, tx -> keys.revoke(tx, KeyOwner.AFFILIATE, owner, id));
        refused(ProblemKind.NOT_FOUND, tx -> keys.rotate(tx, KeyOwner.PROGRAM, UUID.randomUUID(), id, HOUR));
    }

    @Test
    void names_scopes_and_overlaps_that_cannot_be_are_refused() {
        for (String name : new String[] {null, " ", "n".repeat(101), "two\nlines"})
            refused(ProblemKind.INVALID_REQUEST, tx -> keys.issue(tx, KeyOwner.PROGRAM, owner, name, Set.of("read")));
        for (Set<String> scopes : List.of(Set.<String>of(), Set.of("admin"), Set.of("read", "affiliate-key")))
            refused(ProblemKind.INVALID_REQUEST, tx -> keys.issue(tx, KeyOwner.PROGRAM, owner, "n", scopes));
        refused(ProblemKind.INVALID_REQUEST, tx -> keys.issue(tx, KeyOwner.AFFILIATE, owner, "n", Set.of("read")));
        Issued issued = merchantKey("read");
        for (Duration overlap : List.of(Duration.ofSeconds(-1), Duration.ofDays(31)))
            refused(
                    ProblemKind.INVALID_REQUEST,
                    tx -> keys.rotate(tx, KeyOwner.PROGRAM, owner, issued.key().id(), overlap));
    }

    @Test
    void thirty_keys_asked_for_at_once_are_twenty() {
        List<CompletableFuture<Issued>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++)
            calls.add(transactions
                    .run(tx -> keys.issue(tx, KeyOwner.AFFILIATE, owner, "n", Set.of()))
                    .subscribeAsCompletionStage());
        int made = 0;
        for (CompletableFuture<Issued> call : calls) {
            try {
                call.join();
                made++;
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind())
                        .isEqualTo(ProblemKind.CONFLICT));
            }
        }
        assertThat(made).isEqualTo(ApiKeys.MOST_LIVE);
    }

    @Test
    void a_suspended_owner_has_no_working_keys_gets_no_new_ones_and_has_the_old_ones_back_afterwards() {
        Issued issued = merchantKey("read");
        disable(true);
        Instant since = list().get(0).disabledAt();
        disable(true);
        assertThat(list().get(0).disabledAt()).isEqualTo(since).isNotNull();
        assertThat(list().get(0).opensAt(Instant.now())).isFalse();
        refused(ProblemKind.CONFLICT, tx -> keys.issue(tx, KeyOwner.PROGRAM, owner, "n", Set.of("read")));
        refused(
                ProblemKind.CONFLICT,
                tx -> keys.rotate(tx, KeyOwner.PROGRAM, owner, issued.key().id(), HOUR));
        disable(false);
        assertThat(find(issued.key().id()).opensAt(Instant.now())).isTrue();
    }

    @Test
    void an_owner_that_never_had_a_key_can_be_suspended_before_its_first() {
        disable(true);
        refused(ProblemKind.CONFLICT, tx -> keys.issue(tx, KeyOwner.PROGRAM, owner, "n", Set.of("read")));
    }

    @Test
    void keys_that_ended_long_ago_are_forgotten_and_no_others() {
        Issued revoked = merchantKey("read");
        Issued rotated = merchantKey("read");
        Issued live = merchantKey("read");
        in(tx -> keys.revoke(tx, KeyOwner.PROGRAM, owner, revoked.key().id()));
        Issued fresh =
                in(tx -> keys.rotate(tx, KeyOwner.PROGRAM, owner, rotated.key().id(), HOUR));
        Instant later = Instant.now().plus(HOUR.multipliedBy(2));
        in(tx -> keys.forgetDead(tx, later.atOffset(ZoneOffset.UTC), 1_000));
        assertThat(list())
                .extracting(ApiKey::id)
                .containsExactly(fresh.key().id(), live.key().id());
    }

    @Test
    void what_is_kept_for_an_idempotency_key_is_without_the_secret() {
        String key = UUID.randomUUID().toString();
        Function<SqlConnection, Uni<Response>> work = tx -> keys.issue(
                        tx, KeyOwner.PROGRAM, owner, "shop", Set.of("read"))
                .map(issued -> Response.ok(IssuedView.of(issued, Instant.now())).build());
        Response first =
                idempotency.run(key, "POST /keys", Map.of(), work).await().indefinitely();
        Response again =
                idempotency.run(key, "POST /keys", Map.of(), work).await().indefinitely();
        String secret = ((IssuedView) first.getEntity()).secret();
        assertThat(secret).startsWith("trk_");
        assertThat(again.getEntity().toString()).contains("\"secret\":null").doesNotContain(secret.substring(10));
        assertThat(list()).hasSize(1);
    }

    private Issued merchantKey(String... scopes) {
        return in(tx -> keys.issue(tx, KeyOwner.PROGRAM, owner, " shop ", Set.of(scopes)));
    }

    private void disable(boolean disabled) {
        in(tx -> keys.disable(tx, KeyOwner.PROGRAM, owner, disabled));
    }

    private List<ApiKey> list() {
        return in(tx -> keys.list(tx, KeyOwner.PROGRAM, owner));
    }

    private ApiKey find(UUID id) {
        return list().stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
    }

    private <T> T in(Function<SqlConnection, Uni<T>> work) {
        return transactions.run(work).await().indefinitely();
    }

    private <T> void refused(ProblemKind kind, Function<SqlConnection, Uni<T>> work) {
        assertThatThrownBy(() -> in(work)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind())
                .isEqualTo(kind));
    }
}
