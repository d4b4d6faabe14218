package dev.tributary.payout.rail;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * A provider's server that answers as it is told for the next request, and then as it should. What it carried out is counted by
 * the server itself, whatever the client believes.
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
        /** It is done, and the answer is 500. */
        DONE_AND_500,
        /** The page of a proxy. */
        PAGE,
        /** More than anybody asked for. */
        ENDLESS,
        UNAUTHORIZED,
        OVERLOADED,
        REDIRECTED
    }

    private final HttpServer server;
    private final List<Fate> fates = new CopyOnWriteArrayList<>();
    private final List<HttpServerRequest> heard = new CopyOnWriteArrayList<>();
    private final BiFunction<HttpServerRequest, JsonObject, JsonObject> carryOut;

    /** @param carryOut does what the request asks, once for each key where there are keys, and gives the answer */
    public ProviderStub(Vertx vertx, BiFunction<HttpServerRequest, JsonObject, JsonObject> carryOut) throws Exception {
        this.carryOut = carryOut;
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public void next(Fate fate) {
        fates.add(fate);
    }

    /** Requests that came. */
    public List<HttpServerRequest> heard() {
        return List.copyOf(heard);
    }

    private void answer(HttpServerRequest request) {
        heard.add(request);
        request.body().onSuccess(body -> {
            JsonObject asked = body.length() == 0 ? new JsonObject() : body.toJsonObject();
            answer(request, asked, fates.isEmpty() ? Fate.GOOD : fates.remove(0));
        });
    }

    private void answer(HttpServerRequest request, JsonObject asked, Fate fate) {
        switch (fate) {
            case GOOD -> request.response().end(carryOut.apply(request, asked).encode());
            case DROPPED -> request.connection().close();
            case DONE_AND_DROPPED -> {
                carryOut.apply(request, asked);
                request.connection().close();
            }
            case HALF_AN_ANSWER -> {
                String whole = carryOut.apply(request, asked).encode();
                request.response().putHeader("Content-Length", Integer.toString(whole.length()));
                request.response()
                        .write(whole.substring(0, whole.length() / 2))
                        .onComplete(written -> request.connection().close());
            }
            case SILENT -> carryOut.apply(request, asked);
            case DONE_AND_500 -> {
                carryOut.apply(request, asked);
                request.response().setStatusCode(500).end("{}");
            }
            case PAGE -> request.response().setStatusCode(403).end("<html>Access denied</html>");
            case ENDLESS -> request.response().end("[" + "1,".repeat(200_000) + "1]");
            case UNAUTHORIZED -> request.response().setStatusCode(401).end("");
            case OVERLOADED ->
                request.response()
                        .setStatusCode(429)
                        .putHeader("Retry-After", "7")
                        .end("{}");
            case REDIRECTED ->
                request.response()
                        .setStatusCode(307)
                        .putHeader("Location", url() + "/other")
                        .end();
        }
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get();
    }
}
