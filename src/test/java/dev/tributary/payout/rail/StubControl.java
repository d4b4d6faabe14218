package dev.tributary.payout.rail;

import dev.tributary.payout.rail.ProviderStub.Fate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/**
 * Tells a stub in another process what is to go wrong, and reads what it carried out:
 *
 * <pre>
 * GET  /stub/state                                     requests, moves, fastest second, held, what was moved
 * POST /stub/fates   {"fates": ["HELD", ...]}          of the next requests that move money
 * POST /stub/next    {"fates": ["AWAY", ...]}          of the next requests, whatever they ask
 * POST /stub/luck    {"seed": 1, "percent": 30}        misfortune for so many in a hundred
 * POST /stub/delay   {"millis": 200}
 * POST /stub/limit   {"perSecond": 25}                 429 beyond it
 * POST /stub/release                                   what was held goes on
 * POST /stub/forget                                    keys are forgotten, as after a day
 * POST /stub/return  {"transfer": "tr_1", "minor": 5}  money comes back
 * POST /stub/finish  {"transfer": "", "status": "complete", "code": ""}
 * POST /stub/funds   {"minor": 100000}                 all that can still be sent
 * POST /stub/payees  {"destination": "acct_1"}         "*" for any
 * POST /stub/events  {"url": "...", "secret": "...", "copies": 2, "millis": 100}   where events go, how often and how late
 * </pre>
 */
final class StubControl {
    /** While the application is being started again. */
    private static final int TRIES = 300;

    private static final long PAUSE_MILLIS = 200;

    private final Vertx vertx;
    private final ProviderStub stub;
    private final Provider provider;
    private final HttpClient client;
    private String eventsUrl = "";
    private String secret = "";
    private int copies = 1;
    private long lateMillis;

    StubControl(Vertx vertx, ProviderStub stub, Provider provider) {
        this.vertx = vertx;
        this.stub = stub;
        this.provider = provider;
        client = vertx.createHttpClient();
        provider.tell(this::event);
    }

    void answer(HttpServerRequest request, String body) {
        try {
            JsonObject asked = body.isEmpty() ? new JsonObject() : new JsonObject(body);
            JsonObject said = say(request.path().substring("/stub/".length()), asked);
            request.response().putHeader("Content-Type", "application/json").end(said.encode());
        } catch (RuntimeException e) {
            request.response().setStatusCode(400).end(String.valueOf(e.getMessage()));
        }
    }

    private JsonObject say(String what, JsonObject asked) {
        switch (what) {
            case "state" -> {
                return state();
            }
            case "fates" -> asked.getJsonArray("fates").forEach(each -> stub.nextMove(Fate.valueOf(each.toString())));
            case "next" -> asked.getJsonArray("fates").forEach(each -> stub.next(Fate.valueOf(each.toString())));
            case "luck" -> stub.luck(asked.getLong("seed", 1L), asked.getInteger("percent"));
            case "delay" -> stub.delay(asked.getLong("millis"));
            case "limit" -> stub.limit(asked.getInteger("perSecond"));
            case "release" -> {
                return new JsonObject().put("released", stub.release());
            }
            case "forget" -> provider.forgetKeys();
            case "return" -> provider.giveBack(asked.getString("transfer"), asked.getLong("minor"));
            case "finish" -> {
                String status = asked.getString("status", "complete");
                provider.finish(asked.getString("transfer", ""), status, asked.getString("code", ""));
            }
            case "funds" -> provider.funds(asked.getLong("minor"));
            case "payees" -> provider.payee(asked.getString("destination"));
            case "events" -> events(asked);
            default -> throw new IllegalArgumentException("There is no " + what);
        }
        return new JsonObject().put("done", true);
    }

    private JsonObject state() {
        return new JsonObject()
                .put("requests", stub.requests())
                .put("moves", stub.pace().count())
                .put("fastest", stub.pace().fastest())
                .put("held", stub.held())
                .put("moved", provider.movedJson());
    }

    private void events(JsonObject asked) {
        eventsUrl = asked.getString("url");
        secret = asked.getString("secret", "");
        copies = asked.getInteger("copies", 1);
        lateMillis = asked.getLong("millis", 0L);
    }

    private void event(JsonObject event) {
        if (eventsUrl.isEmpty()) return;
        for (int copy = 0; copy < copies; copy++)
            vertx.setTimer(1 + lateMillis * (copy + 1), timer -> post(event.encode(), TRIES));
    }

    /** Again until somebody takes it, as providers do for days. */
    private void post(String body, int tries) {
        RequestOptions to = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(eventsUrl);
        to.putHeader("Content-Type", "application/json");
        provider.sign(body, secret).forEach(to::putHeader);
        client.request(to)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(read -> response.statusCode()))
                .onComplete(done -> {
                    boolean taken = done.succeeded() && done.result() < 300;
                    if (!taken && tries > 1) vertx.setTimer(PAUSE_MILLIS, timer -> post(body, tries - 1));
                });
    }
}
