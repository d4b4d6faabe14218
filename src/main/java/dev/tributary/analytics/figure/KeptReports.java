package dev.tributary.analytics.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.access.CallerContext;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.redis.RedisLine;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports that read a row an affiliate or a conversion, kept in Redis for all instances. One that is younger than a minute is
 * answered as it is. One that is older is answered, too, and computed anew behind it, so that of those who look at a report
 * again and again nobody waits. Where none is kept the first who asks waits for it, with all who ask for the same meanwhile;
 * should that take longer than an answer may, they are told to ask again, and find it computed then.
 *
 * <p>Without Redis, and what is too long for it, is kept in memory for a minute after it can be there.
 */
@ApplicationScoped
public class KeptReports {
    private static final Logger LOG = Logger.getLogger(KeptReports.class);
    /** The form of what is kept is part of its name, so that two releases beside each other do not misread each other. */
    private static final String PREFIX = "report:2:";

    /** Of computing one, which goes on when nobody waits any more. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofMinutes(15);
    /** Below the three seconds in which the API promises an answer. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);
    /** A thousand rows are some 500 kB; what is longer would crowd out what Redis is for. */
    private static final int MOST_CHARACTERS = 1_000_000;
    /** Computed at once; whoever wants one more is told to ask again. */
    private static final int MOST_COMPUTED = 8;
    /** Computed and kept in memory: a few MB each at worst. */
    private static final int MOST_MINE = 16;

    private final RedisLine redis;
    private final ObjectMapper json;
    private final Clock clock;
    private final Map<String, Mine> mine = new LinkedHashMap<>();

    KeptReports(RedisLine redis, ObjectMapper json, Clock clock) {
        this.redis = redis;
        this.json = json;
        this.clock = clock;
    }

    /** What this instance computes or has just computed. */
    private record Mine(Uni<?> report, long began, AtomicBoolean done) {}

    /** What Redis has. */
    private record Kept<T>(T report, boolean fresh) {}

    /**
     * The report of this name, at most a quarter of an hour old.
     *
     * @param compute within {@link #DEADLINE}; whatever it fails with is what this fails with
     */
    public <T> Uni<T> get(String name, Class<T> type, Supplier<Uni<T>> compute) {
        return redis.send(Request.cmd(Command.GET).arg(PREFIX + name))
                .map(answer -> read(answer, type))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .emitOn(CallerContext.current())
                .chain(found -> {
                    if (found.isEmpty()) return patiently(start(name, compute));
                    if (!found.get().fresh()) start(name, compute).subscribe().with(done -> {}, KeptReports::late);
                    return Uni.createFrom().item(found.get().report());
                });
    }

    private static <T> Uni<T> patiently(Uni<T> report) {
        return report.emitOn(CallerContext.current())
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new Problem(
                        ProblemKind.UNAVAILABLE, "This report is being computed; ask again in a few seconds"));
    }

    private static void late(Throwable failure) {
        LOG.debugf("A report was not computed anew: %s", failure.getMessage());
    }

    /** The one that is under way, or kept in memory, else a new one. */
    @SuppressWarnings("unchecked")
    private synchronized <T> Uni<T> start(String name, Supplier<Uni<T>> compute) {
        long now = System.nanoTime();
        mine.values().removeIf(each -> now - each.began > DEADLINE.plus(FRESH).toNanos());
        Mine known = mine.get(name);
        if (known != null) return (Uni<T>) known.report;
        if (mine.values().stream().filter(each -> !each.done.get()).count() >= MOST_COMPUTED)
            return Uni.createFrom()
                    .failure(new Problem(ProblemKind.UNAVAILABLE, "Too many reports are being computed"));
        if (mine.size() >= MOST_MINE) mine.values().remove(oldestDone());
        Uni<T> report = Uni.createFrom().<T>deferred(compute::get).memoize().indefinitely();
        Mine started = new Mine(report, System.nanoTime(), new AtomicBoolean());
        mine.put(name, started);
        report.call(computed -> put(name, computed).invoke(kept -> ended(name, started, kept)))
                .subscribe()
                .with(done -> {}, failure -> ended(name, started, true));
        return report;
    }

    private Mine oldestDone() {
        return mine.values().stream()
                .filter(each -> each.done.get())
                .findFirst()
                .orElseThrow();
    }

    private synchronized void ended(String name, Mine started, boolean forget) {
        started.done.set(true);
        if (forget) mine.remove(name, started);
    }

    /** As {@code moment report}: the milliseconds of 1970 at which it was computed, and its JSON. */
    private <T> Optional<Kept<T>> read(@Nullable Response answer, Class<T> type) {
        if (answer == null) return Optional.empty();
        String text = answer.toString();
        int space = text.indexOf(' ');
        try {
            Instant at = Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, space))));
            T report = json.readValue(text.substring(space + 1), type);
            return Optional.of(new Kept<>(report, at.plus(FRESH).isAfter(clock.instant())));
        } catch (JsonProcessingException | NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether Redis has it now. Never fails. */
    private <T> Uni<Boolean> put(String name, T computed) {
        String text = clock.millis() + " " + write(computed);
        if (text.length() > MOST_CHARACTERS) return Uni.createFrom().item(false);
        Request set =
                Request.cmd(Command.SET).arg(PREFIX + name).arg(text).arg("PX").arg(KEPT.toMillis());
        return redis.send(set).replaceWith(true).onFailure().recoverWithItem(false);
    }

    private <T> String write(T computed) {
        try {
            return json.writeValueAsString(computed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
