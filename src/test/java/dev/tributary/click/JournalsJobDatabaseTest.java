package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class JournalsJobDatabaseTest {
    @Inject
    CommandLineApplication application;

    @Inject
    Pool pool;

    private final UUID lost = UUID.randomUUID();
    private final UUID drained = UUID.randomUUID();
    private final UUID alive = UUID.randomUUID();

    @AfterEach
    void tidy() {
        new Rows(pool)
                .query("DELETE FROM click_journal WHERE id = ANY($1)", (Object) new UUID[] {lost, drained, alive});
    }

    @Test
    void a_silent_journal_with_clicks_is_named_and_fails_the_check() {
        register(lost, 4_096, "10 minutes");
        register(drained, 0, "10 minutes");
        register(alive, 4_096, "2 seconds");

        Typed typed = Typed.run(application, "job", "journals");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.lines())
                .anyMatch(line -> line.startsWith(
                        TypeId.JOURNAL.format(lost) + " on pod-7 in /journal/clicks: 4,096 bytes have not landed"))
                .noneMatch(line -> line.contains(TypeId.JOURNAL.format(drained)))
                .noneMatch(line -> line.contains(TypeId.JOURNAL.format(alive)));
    }

    @Test
    void where_every_journal_has_its_owner_the_check_passes() {
        register(drained, 0, "10 minutes");
        register(alive, 4_096, "2 seconds");

        assertThat(Typed.run(application, "job", "journals").exitCode()).isZero();
    }

    private void register(UUID id, long backlog, String silent) {
        new Rows(pool)
                .query(
                        "INSERT INTO click_journal (id, host, directory, backlog, heartbeat)"
                                + " VALUES ($1, 'pod-7', '/journal/clicks', $2, now() - $3::text::interval)",
                        id,
                        backlog,
                        silent);
    }
}
