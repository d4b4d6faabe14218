package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.click.journal.Append;
import dev.tributary.click.journal.Journal;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class LandJobDatabaseTest {
    private static final int CLICKS = 2_500;

    @Inject
    CommandLineApplication application;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    @TempDir
    Path directory;

    private final UUID link = UUID.randomUUID();

    @Test
    void what_was_left_behind_lands_once_however_often_it_is_landed() throws Exception {
        leaveBehind(CLICKS);
        UUID journal = UUID.randomUUID();
        Files.writeString(directory.resolve("journal.id"), journal.toString());
        rows().query(
                        "INSERT INTO click_journal (id, host, directory, backlog, heartbeat)"
                                + " VALUES ($1, 'gone', '/gone', 77, now() - interval '1 day')",
                        journal);

        Typed first = land();
        assertThat(first.exitCode()).as(first.error() + first.lines()).isZero();
        assertThat(first.lines()).contains("read 2,500 records: 2,500 are new in the click table");
        assertThat(landed()).isEqualTo(CLICKS);
        assertThat(counted()).isEqualTo(CLICKS);
        assertThat(rows().query("SELECT backlog FROM click_journal WHERE id = $1", journal)
                        .get(0)
                        .getLong("backlog"))
                .isZero();

        assertThat(land().lines()).contains("read 0 records: 0 are new in the click table");
        Files.delete(directory.resolve("landed"));
        assertThat(land().lines()).contains("read 2,500 records: 0 are new in the click table");
        assertThat(landed()).isEqualTo(CLICKS);
        assertThat(counted()).isEqualTo(CLICKS);

        // A batch of which some are there already and some are not.
        leaveBehind(300);
        Files.delete(directory.resolve("landed"));
        assertThat(land().lines()).contains("read 2,800 records: 300 are new in the click table");
        assertThat(landed()).isEqualTo(CLICKS + 300);
        assertThat(counted()).isEqualTo(CLICKS + 300);
    }

    @Test
    void a_dry_run_counts_and_lands_nothing() throws Exception {
        leaveBehind(12);

        Typed typed = land("--dry-run");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.lines()).containsExactly("would land 12 records");
        assertThat(landed()).isZero();
        assertThat(land().lines()).contains("read 12 records: 12 are new in the click table");
    }

    @Test
    void a_journal_that_has_its_owner_is_refused() throws Exception {
        try (Journal owner = new Journal(directory, 1 << 20, 1 << 24, 16)) {
            append(owner, click());

            Typed typed = land();

            assertThat(typed.exitCode()).isEqualTo(1);
            assertThat(typed.lines().toString()).contains("in use by another process");
        }
        assertThat(landed()).isZero();
    }

    @Test
    void a_directory_without_a_journal_is_refused_and_left_as_it_is() throws Exception {
        Typed typed = land();

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.lines().toString()).contains("There is no journal in");
        assertThat(Files.list(directory)).isEmpty();
        assertThat(Typed.run(application, "job", "land").exitCode()).isEqualTo(2);
    }

    private Typed land(String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"job", "land", "--journal-dir", directory.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Typed.run(application, arguments);
    }

    private void leaveBehind(int clicks) throws IOException, InterruptedException {
        try (Journal journal = new Journal(directory, 1 << 20, 1 << 24, 16)) {
            for (int i = 0; i < clicks; i++) append(journal, click());
        }
    }

    private static void append(Journal journal, Click click) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        boolean taken = journal.append(new Append(ClickCodec.encode(click), Runnable::run) {
            @Override
            protected void done(boolean durable) {
                if (durable) answered.countDown();
            }
        });
        assertThat(taken).isTrue();
        answered.await();
    }

    private Click click() {
        return new Click(
                ids.next(),
                link,
                link,
                link,
                ids.next(),
                true,
                true,
                Click.Origin.REDIRECT,
                Click.Intent.VISIT,
                "192.0.2.7",
                "DE",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0",
                "de",
                "",
                "https://shop.example/",
                "news",
                List.of("", "", "", "", ""),
                "",
                "",
                "",
                "",
                "");
    }

    private long landed() {
        return rows().query("SELECT count(*) AS n FROM click WHERE link_id = $1", link)
                .get(0)
                .getLong("n");
    }

    private long counted() {
        return rows().query("SELECT sum(clicks)::bigint AS n FROM click_hourly WHERE link_id = $1", link)
                .get(0)
                .getLong("n");
    }

    private Rows rows() {
        return new Rows(pool);
    }
}
