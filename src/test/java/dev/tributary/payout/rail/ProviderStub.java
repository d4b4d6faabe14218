package dev.tributary.payout.rail;

import dev.tributary.payout.rail.Provider.Asked;
import dev.tributary.payout.rail.Provider.Said;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A provider's server on which everything goes wrong that is asked for, one fate a request, and everything else as it should.
 * What it carried out is counted by the provider itself, whatever the client believes. In a process of its own
 * ({@link StubMain}) it is told its fates by HTTP ({@link StubControl}).
 */
public final class ProviderStub implements AutoCloseable {
    /** What happens to one request. */
    public enum Fate {
        GOOD,
        /** The connection ends before anything was done. */
        DROPPED,
        /** It is done, and the connection ends without an answer. */
        DONE_AND_DROPPED,
        /** It is done, and half of the answer comes. */
        HALF_AN_ANSWER,
        /** It is done, and the answer never comes. */
        SILENT,
        /** It waits; released, it is done and answered. */
        HELD_BEFORE,
        /** It is done, and the answer waits until it is released. */
        HELD,
        /** It is done, and the answer is 500. */
        DONE_AND_500,
        /** 503 of a machine on the way: the provider never heard of it. */
        AWAY,
        /** The page of a proxy. */
        PAGE,
        /** More than anybody asked for. */
        ENDLESS,
        UNAUTHORIZED,
        OVERLOADED,
        REDIRECTED
    }

    /** What luck may bring: all that a network and a provider do to a request that is right. */
    private static final List<Fate> MISFORTUNES = List.of(
            Fate.DROPPED, Fate.DONE_AND_DROPPED, Fate.HALF_AN_ANSWER, Fate.DONE_AND_500, Fate.AWAY, Fate.SILENT);

    private final Vertx vertx;
    private final Provider provider;
    private final HttpServer server;
    private final StubPace pace = new StubPace();
    private final Deque<Fate> next = new ArrayDeque<>();
    private final Deque<Fate> nextMoves = new ArrayDeque<>();
    private final List<Asked> heard = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final Set<String> underWay = new HashSet<>();
    private Random luck = new Random(1);
    private int misfortunesInAHundred;
    private long delayMillis;
    private int requests;

    public ProviderStub(Vertx vertx, int port, Provider provider) throws Exception {
        this.vertx = vertx;
        this.provider = provider;
        StubControl control = new StubControl(vertx, this, provider);
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (request.path().startsWith("/stub/")) control.answer(request, body.toString());
                    else answer(request, body.toString());
                }))
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public int port() {
        return server.actualPort();
    }

    /** Of the next request, whatever it asks. */
    public synchronized void next(Fate fate) {
        next.add(fate);
    }

    /** Of the next request that is to move money. */
    public synchronized void nextMove(Fate fate) {
        nextMoves.add(fate);
    }

    public synchronized void luck(long seed, int misfortunesInAHundred) {
        luck = new Random(seed);
        this.misfortunesInAHundred = misfortunesInAHundred;
    }

    public synchronized void delay(long millis) {
        delayMillis = millis;
    }

    /** Answers 429 beyond so many moves a second; 0 for no limit. */
    public void limit(int perSecond) {
        pace.limit(perSecond);
    }

    /** What was held goes on, and what was silent ends unheard; answers how many there were. */
    public synchronized int release() {
        List<Runnable> all = List.copyOf(held);
        held.clear();
        all.forEach(Runnable::run);
        underWay.clear();
        return all.size();
    }

    public synchronized int held() {
        return held.size();
    }

    /** Requests that came, but for those to the control. */
    public synchronized List<Asked> heard() {
        return List.copyOf(heard);
    }

    public synchronized int requests() {
        return requests;
    }

    StubPace pace() {
        return pace;
    }

    private synchronized void answer(HttpServerRequest request, String body) {
        String query = request.query() == null ? "" : request.query();
        Asked asked = new Asked(request.method().name(), request.path(), query, request::getHeader, body);
        requests++;
        if (heard.size() < 10_000) heard.add(asked);
        boolean moves = provider.moves(asked);
        if (moves && !pace.came(System.nanoTime())) overloaded(request, 1);
        else if (delayMillis > 0) vertx.setTimer(delayMillis, timer -> answer(request, asked, fate(moves)));
        else answer(request, asked, fate(moves));
    }

    private synchronized Fate fate(boolean moves) {
        if (!next.isEmpty()) return next.remove();
        if (moves && !nextMoves.isEmpty()) return nextMoves.remove();
        boolean bad = moves && luck.nextInt(100) < misfortunesInAHundred;
        return bad ? MISFORTUNES.get(luck.nextInt(MISFORTUNES.size())) : Fate.GOOD;
    }

    private synchronized void answer(HttpServerRequest request, Asked asked, Fate fate) {
        String key = provider.key(asked);
        Optional<Said> busy = !key.isEmpty() && underWay.contains(key) ? provider.busy() : Optional.empty();
        if (busy.isPresent()) {
            say(request, busy.get());
            return;
        }
        switch (fate) {
            case GOOD -> say(request, provider.answer(asked));
            case DROPPED -> request.connection().close();
            case DONE_AND_DROPPED -> {
                provider.answer(asked);
                request.connection().close();
            }
            case HALF_AN_ANSWER -> {
                String whole = provider.answer(asked).body();
                request.response().putHeader("Content-Length", Integer.toString(whole.length()));
                request.response()
                        .write(whole.substring(0, whole.length() / 2))
                        .onComplete(written -> request.connection().close());
            }
            case SILENT -> {
                provider.answer(asked);
                underWay.add(key);
            }
            case HELD_BEFORE -> {
                underWay.add(key);
                held.add(() -> say(request, provider.answer(asked)));
            }
            case HELD -> {
                Said said = provider.answer(asked);
                underWay.add(key);
                held.add(() -> say(request, said));
            }
            case DONE_AND_500 -> say(request, provider.doneAndBroken(asked));
            case AWAY -> request.response().setStatusCode(503).end("{}");
            case PAGE -> request.response().setStatusCode(403).end("<html>Access denied</html>");
            case ENDLESS -> request.response().end("[" + "1,".repeat(200_000) + "1]");
            case UNAUTHORIZED -> request.response().setStatusCode(401).end("");
            case OVERLOADED -> overloaded(request, 7);
            case REDIRECTED ->
                request.response()
                        .setStatusCode(307)
                        .putHeader("Location", url() + "/other")
                        .end();
        }
    }

    private static void overloaded(HttpServerRequest request, int seconds) {
        request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", Integer.toString(seconds))
                .end("{}");
    }

    /** To whoever is still there. */
    private static void say(HttpServerRequest request, Said said) {
        if (request.response().closed() || request.response().ended()) return;
        said.headers().forEach((name, value) -> request.response().putHeader(name, value));
        request.response()
                .setStatusCode(said.status())
                .putHeader("Content-Type", "application/json")
                .end(said.body());
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get();
    }
}
