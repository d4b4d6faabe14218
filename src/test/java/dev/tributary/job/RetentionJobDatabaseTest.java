package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class RetentionJobDatabaseTest implements RunListener {
    @Inject
    RetentionJob job;

    @Inject
    Runner runner;

    @Inject
    Pool pool;

    private final List<String> lines = new ArrayList<>();
    private Records records;

    @BeforeEach
    void old_and_young() {
        records = new Records(pool);
        for (String table : List.of("outbox_event", "idempotency_record", "job_run"))
            records.query("DELETE FROM " + table);
        records.query("INSERT INTO outbox_event (id, type, aggregate_id, payload, created_at)"
                + " SELECT gen_random_uuid(), 'test.old', gen_random_uuid(), '{}', now() - make_interval(days => d)"
                + " FROM unnest(ARRAY[1, 6, 8, 9]) AS d");
        records.query("INSERT INTO outbox_event (id, type, aggregate_id, payload, created_at)"
                + " VALUES ('00000000-0000-7000-8000-000000000001', 'test.open', gen_random_uuid(), '{}',"
                + " now() - interval '30 days')");
        records.query("INSERT INTO outbox_delivery (event_id, consumer, aggregate_id, slot)"
                + " VALUES ('00000000-0000-7000-8000-000000000001', 'test.away', gen_random_uuid(), 0)");
        records.query("INSERT INTO idempotency_record (owner, key, request_hash, status, created_at)"
                + " SELECT 'test', 'key' || n, '', 200, now() - make_interval(hours => n * 20)"
                + " FROM generate_series(1, 2503) AS n");
        records.query(
                "INSERT INTO job_run (id, job, origin, options, dry_run, status, started_at, finished_at, instance)"
                        + " SELECT gen_random_uuid(), 'test', 'api', '{}', false, 'succeeded', now() - make_interval(days => d),"
                        + " now(), 'test' FROM unnest(ARRAY[89, 91, 200]) AS d");
    }

    @Test
    void what_is_past_its_time_goes_in_batches_and_the_rest_stays() {
        assertThat(runner.run(RunRequest.typed(job, false, false, Map.of()), this))
                .isEqualTo(RunStatus.SUCCEEDED);

        assertThat(count("outbox_event WHERE type = 'test.old'")).isEqualTo(2);
        assertThat(count("outbox_event WHERE type = 'test.open'"))
                .as("a consumer has not had it yet")
                .isEqualTo(1);
        assertThat(count("idempotency_record")).isEqualTo(2);
        assertThat(count("job_run WHERE job = 'test'")).isEqualTo(1);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("forgot 2,501 answers"))
                .anyMatch(line -> line.startsWith("forgot 2 delivered events"))
                .anyMatch(line -> line.startsWith("forgot 2 job runs"));
    }

    @Test
    void a_dry_run_tells_the_same_numbers_and_forgets_nothing() {
        assertThat(runner.run(RunRequest.typed(job, true, false, Map.of()), this))
                .isEqualTo(RunStatus.SUCCEEDED);

        assertThat(count("outbox_event")).isEqualTo(5);
        assertThat(count("idempotency_record")).isEqualTo(2_503);
        assertThat(count("job_run WHERE job = 'test'")).isEqualTo(3);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("would forget 2,501 answers"))
                .anyMatch(line -> line.startsWith("would forget 2 delivered events"))
                .anyMatch(line -> line.startsWith("would forget 2 job runs"));
    }

    private long count(String table) {
        return records.query("SELECT count(*) AS n FROM " + table).get(0).getLong("n");
    }

    @Override
    public void line(String line) {
        lines.add(line);
    }

    @Override
    public void progress(long done, @Nullable Long total) {}
}
