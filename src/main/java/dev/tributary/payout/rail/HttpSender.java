package dev.tributary.payout.rail;

import dev.tributary.payout.rail.Reply.Answered;
import dev.tributary.payout.rail.Reply.Body;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to a provider, once: it follows no redirect and tries nothing again. A connection is waited for first, and
 * the deadline asked after that, so that what is not written is known not to be.
 */
public final class HttpSender {
    /** A provider is asked by this many at once; its own limits are lower. */
    public static final int CONNECTIONS = 20;
    /** Who waits for a connection; more are turned away, and come again by their plan. */
    public static final int WAITING = 1_000;

    /** As long as {@code payout.Attempts} waits for an answer before it takes the attempt as lost. */
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration answerWithin;

    /** @param answerWithin from the write to the last byte of the answer */
    public HttpSender(Vertx vertx, Duration answerWithin) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
        this.answerWithin = answerWithin;
    }

    /** An address as settings have it, without a slash at its end; one that a key would be read on is refused. */
    public static String base(String setting, String url) {
        URI base = URI.create(url);
        boolean safe = "https".equals(base.getScheme()) || OWN_MACHINE.contains(String.valueOf(base.getHost()));
        if (!safe) throw new IllegalStateException(setting + " must be https: a key is sent there");
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Never fails: what went wrong is a reply too. */
    public Uni<Reply> send(
            RequestOptions to, String body, Deadline deadline, Function<JsonObject, Optional<Body>> reading) {
        return client.request(to.setConnectTimeout(CONNECT_WITHIN.toMillis()))
                .onItemOrFailure()
                .transformToUni((request, failure) -> failure == null
                        ? write(request, body, deadline, reading)
                        : Uni.createFrom().item(new Reply.NotWritten(why(failure))));
    }

    /**
     * What was answered to a question.
     *
     * @param status of HTTP; 0 where there was no whole answer
     * @param body where it was JSON
     */
    public record Told(int status, Optional<JsonObject> body) {
        /** The body of a 200 or 201. */
        public Optional<JsonObject> good() {
            return status == 200 || status == 201 ? body : Optional.empty();
        }
    }

    /** Asks once what moves no money. Never fails. */
    public Uni<Told> ask(RequestOptions to, String body) {
        AtomicReference<@Nullable JsonObject> seen = new AtomicReference<>();
        Function<JsonObject, Optional<Body>> reading = json -> {
            seen.set(json);
            return Optional.empty();
        };
        return send(to, body, Deadline.startingNow(System::nanoTime), reading)
                .map(reply -> new Told(
                        reply instanceof Answered answered ? answered.status() : 0, Optional.ofNullable(seen.get())));
    }

    private Uni<Reply> write(
            HttpClientRequest request, String body, Deadline deadline, Function<JsonObject, Optional<Body>> reading) {
        if (deadline.hasPassed()) {
            request.reset();
            return Uni.createFrom().item(new Reply.NotWritten("the deadline has passed"));
        }
        // what goes wrong is told by the reply; without this it stands in the log once more, as an error
        request.exceptionHandler(failure -> {});
        return request.send(body)
                .chain(response -> whole(response, reading))
                .ifNoItem()
                .after(answerWithin)
                .fail()
                .onFailure()
                .invoke(() -> request.reset())
                .onFailure()
                .recoverWithItem(failure -> new Reply.Silence(why(failure)));
    }

    private static Uni<Reply> whole(HttpClientResponse response, Function<JsonObject, Optional<Body>> reading) {
        return response.toMulti()
                .collect()
                .in(Buffer::buffer, HttpSender::append)
                .<Reply>map(body -> HttpReply.of(
                        response.statusCode(),
                        name -> Optional.ofNullable(response.getHeader(name)),
                        body.toString(),
                        reading))
                .onFailure(TooLong.class)
                .recoverWithItem(() -> new Answered(response.statusCode(), new Body.Unreadable()));
    }

    private static void append(Buffer all, Buffer part) {
        if (all.length() + part.length() > HttpReply.MOST_CHARACTERS) throw new TooLong();
        all.appendBuffer(part);
    }

    /** The kind of failure, without addresses or what was sent. */
    private static String why(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private static final class TooLong extends RuntimeException {
        TooLong() {
            super(null, null, false, false);
        }
    }
}
