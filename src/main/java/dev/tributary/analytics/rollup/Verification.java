package dev.tributary.analytics.rollup;

import dev.tributary.postgres.DirectConnections;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes rollups from raw rows and tells every difference, on a connection of its own that can only read: adding up raw
 * rows takes longer than a transaction may. Business goes on beside it.
 */
final class Verification implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** A day of clicks, or a month of one program: some million rows a second. */
    private static final Duration ONE_QUERY = Duration.ofMinutes(30);

    private static final String READ_ONLY =
            "SET default_transaction_read_only = on; SET statement_timeout = '%dmin'".formatted(ONE_QUERY.toMinutes());

    /** Where a rollup is not what it should be. */
    record Difference(Check check, String place, @Nullable String wanted, @Nullable String found) {}

    private final PgConnection connection;

    private Verification(PgConnection connection) {
        this.connection = connection;
    }

    static Verification begin(DirectConnections connections) {
        var attempt = connections.open();
        try {
            PgConnection open = PgConnection.newInstance(answer(attempt.toCompletionStage(), CONNECT));
            answer(open.query(READ_ONLY).execute().subscribeAsCompletionStage(), CONNECT);
            return new Verification(open);
        } catch (RuntimeException e) {
            attempt.onSuccess(io.vertx.pgclient.PgConnection::close);
            throw e;
        }
    }

    /** The parts of a range that a check looks at one after another: the range, its days, or the months it touches, whole. */
    static List<LocalDate[]> parts(Check check, LocalDate from, LocalDate to) {
        if (check.span == Check.Span.ALL) return List.<LocalDate[]>of(new LocalDate[] {from, to});
        List<LocalDate[]> parts = new ArrayList<>();
        boolean months = check.span == Check.Span.MONTH;
        LocalDate at = months ? from.withDayOfMonth(1) : from;
        while (at.isBefore(to)) {
            LocalDate next = months ? at.plusMonths(1) : at.plusDays(1);
            parts.add(new LocalDate[] {at, next});
            at = next;
        }
        return parts;
    }

    /** At most so many differences of one part. */
    List<Difference> ask(Check check, UUID program, LocalDate from, LocalDate to, int atMost) {
        List<Difference> found = new ArrayList<>();
        var asked = connection.preparedQuery(check.sql).execute(Tuple.of(program, from, to, atMost));
        for (Row row : answer(asked.subscribeAsCompletionStage(), ONE_QUERY))
            found.add(new Difference(check, row.getString(0), row.getString(1), row.getString(2)));
        return found;
    }

    private static <T> T answer(CompletionStage<T> stage, Duration patience) {
        try {
            return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IllegalStateException(cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("PostgreSQL does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A query that still runs would keep the server busy for nobody. */
    @Override
    public void close() {
        connection.cancelRequest().subscribe().with(done -> {}, failure -> {});
        connection.close().subscribe().with(done -> {}, failure -> {});
    }
}
