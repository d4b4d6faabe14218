package dev.tributary.job;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code job_run}. All times are the database's. */
@ApplicationScoped
class RunRepository {
    private static final String COLUMNS =
            """
             id, job, origin, dry_run, status, started_at, heartbeat_at, finished_at, done, total, cursor, resumed_from,
             report, message, instance
            """;
    /** The lock is held by the caller, so whoever is still running there is dead. Waits for its last step's row lock. */
    private static final String ABANDON =
            """
            UPDATE job_run SET status = 'abandoned', finished_at = now(),
                   message = 'Its process ended without a word after ' || to_char(heartbeat_at AT TIME ZONE 'UTC',
                             'YYYY-MM-DD"T"HH24:MI:SS"Z"')
             WHERE job = $1 AND status = 'running'
            """;
    /** The last real run decides: after a success everything begins anew. */
    private static final String BEGIN =
            """
            INSERT INTO job_run (id, job, origin, due_at, options, dry_run, status, instance, cursor, resumed_from)
            SELECT $1::uuid, $2::text, $3::text, $4::timestamptz, $5::jsonb, $6::boolean, 'running', $7::text, r.cursor, r.id
              FROM (VALUES (1)) AS one (row)
              LEFT JOIN (SELECT id, status, options, cursor FROM job_run
                          WHERE job = $2 AND NOT dry_run ORDER BY id DESC LIMIT 1) AS r
                ON NOT $8::boolean AND r.status IN ('failed', 'abandoned') AND r.options = $5 AND r.cursor IS NOT NULL
            ON CONFLICT (job, due_at) WHERE due_at IS NOT NULL DO NOTHING
            RETURNING %s
            """
                    .formatted(COLUMNS);

    /** Holds the row until the step's transaction ends: nobody can take the run over in the middle of a step. */
    private static final String OWN =
            """
            SELECT id FROM job_run WHERE id = $1 AND status = 'running' FOR UPDATE
            """;

    private static final String PROGRESS =
            """
            UPDATE job_run SET done = $2, total = $3, cursor = coalesce($4, cursor), heartbeat_at = now()
             WHERE id = $1 AND status = 'running'
            """;
    private static final String FINISH =
            """
            UPDATE job_run SET status = $2, finished_at = now(), heartbeat_at = now(), done = $3, total = $4, report = $5,
                   message = $6
             WHERE id = $1 AND status = 'running'
            """;
    private static final String RUNNING =
            """
            SELECT %s FROM job_run WHERE job = $1 AND status = 'running'
            """
                    .formatted(COLUMNS);
    private static final String FIND =
            """
            SELECT %s FROM job_run WHERE id = $1 AND job = $2
            """.formatted(COLUMNS);
    private static final String LIST =
            """
            SELECT %s FROM job_run WHERE ($1::text IS NULL OR job = $1) AND id < $2 ORDER BY id DESC LIMIT $3
            """
                    .formatted(COLUMNS);
    private static final String LAST =
            """
            SELECT %s FROM unnest($1::text[]) AS j (name)
             CROSS JOIN LATERAL (SELECT * FROM job_run WHERE job = j.name ORDER BY id DESC LIMIT 1) AS last
            """
                    .formatted(COLUMNS);
    private static final String SUCCESSES =
            """
            SELECT job, max(finished_at) AS at FROM job_run WHERE status = 'succeeded' AND NOT dry_run GROUP BY job
            """;
    private static final String COUNT_OLD =
            """
            SELECT count(*) FROM job_run WHERE started_at < $1 AND status <> 'running'
            """;
    private static final String FORGET =
            """
            DELETE FROM job_run WHERE id IN
                   (SELECT id FROM job_run WHERE started_at < $1 AND status <> 'running' LIMIT $2)
            """;

    /** Marks a dead predecessor and begins; empty when the scheduled moment was run before. */
    Uni<Optional<RunRecord>> begin(SqlConnection tx, UUID id, RunRequest request, String instance) {
        Tuple row = Tuple.tuple(Arrays.asList(
                id,
                request.job().name(),
                request.origin().label,
                request.due().orElse(null),
                request.optionsAsJson(),
                request.dryRun(),
                instance,
                request.fromStart() || request.dryRun()));
        return tx.preparedQuery(ABANDON)
                .execute(Tuple.of(request.job().name()))
                .chain(() -> tx.preparedQuery(BEGIN).execute(row))
                .map(RunRepository::first);
    }

    /** False when the run is not this process's any more. */
    Uni<Boolean> own(SqlConnection tx, UUID id) {
        return tx.preparedQuery(OWN).execute(Tuple.of(id)).map(rows -> rows.size() == 1);
    }

    Uni<Boolean> progress(SqlConnection c, UUID id, long done, @Nullable Long total, @Nullable JsonObject cursor) {
        return c.preparedQuery(PROGRESS)
                .execute(Tuple.tuple(Arrays.asList(id, done, total, cursor)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** False when somebody has marked it abandoned. */
    Uni<Boolean> finish(
            SqlConnection c, UUID id, RunStatus status, Progress at, List<String> report, @Nullable String message) {
        return c.preparedQuery(FINISH)
                .execute(Tuple.tuple(Arrays.asList(
                        id, status.label(), at.done(), at.total(), report.toArray(String[]::new), message)))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<RunRecord>> running(SqlConnection c, String job) {
        return c.preparedQuery(RUNNING).execute(Tuple.of(job)).map(RunRepository::first);
    }

    Uni<Optional<RunRecord>> find(SqlConnection c, String job, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id, job)).map(RunRepository::first);
    }

    /** Newest first; of all jobs where none is named. */
    Uni<List<RunRecord>> list(SqlConnection c, @Nullable String job, UUID before, int limit) {
        return c.preparedQuery(LIST).execute(Tuple.of(job, before, limit)).map(RunRepository::read);
    }

    /** The last run of each job that has one. */
    Uni<List<RunRecord>> last(SqlConnection c, List<String> jobs) {
        return c.preparedQuery(LAST)
                .execute(Tuple.of((Object) jobs.toArray(String[]::new)))
                .map(RunRepository::read);
    }

    /** When each job last succeeded. */
    Uni<Map<String, OffsetDateTime>> lastSuccesses(SqlConnection c) {
        return c.preparedQuery(SUCCESSES).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.toMap(row -> row.getString("job"), row -> row.getOffsetDateTime("at"))));
    }

    Uni<Long> countOlder(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_OLD)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(RowSet::rowCount);
    }

    /** How far a run is. */
    record Progress(long done, @Nullable Long total) {}

    private static Optional<RunRecord> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private static List<RunRecord> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(RunRepository::read)
                .toList();
    }

    private static RunRecord read(Row row) {
        return new RunRecord(
                row.getUUID("id"),
                row.getString("job"),
                row.getString("origin"),
                row.getBoolean("dry_run"),
                RunStatus.of(row.getString("status")),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("heartbeat_at").toInstant(),
                instant(row.getOffsetDateTime("finished_at")),
                row.getLong("done"),
                row.getLong("total"),
                row.getJsonObject("cursor"),
                row.getUUID("resumed_from"),
                Arrays.asList(row.getArrayOfStrings("report")),
                row.getString("message"),
                row.getString("instance"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
