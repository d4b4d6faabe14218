package dev.tributary.stripe;

import dev.tributary.stripe.StubKeys.StubAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Stripe of one's own, over HTTP: what tests need of coupons, promotion codes, Checkout Sessions and transfers, with Stripe's
 * refusals, its memory of idempotency keys, and faults that are asked for one by one.
 */
public final class StripeStub implements AutoCloseable {
    public static final String KEY = "sk_test_stub";

    private final Vertx vertx = Vertx.vertx();
    private final StubKeys keys = new StubKeys();
    private final StubCoupons coupons = new StubCoupons();
    private final StubPromotionCodes promotions = new StubPromotionCodes(coupons);
    private final StubSessions sessions = new StubSessions(coupons, promotions);
    private final StubTransfers transfers = new StubTransfers();
    private final LinkedList<@Nullable StubFault> faults = new LinkedList<>();
    private final List<String> seen = new ArrayList<>();
    private final HttpServer server;

    public StripeStub() {
        server = join(vertx.createHttpServer().requestHandler(this::read).listen(0, "127.0.0.1"));
    }

    private static <T> T join(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Of the next request that changes something, then of the one after it, and so on; null = none. */
    public synchronized void fail(@Nullable StubFault... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** What hung ends: its key has an answer, which nobody hears. */
    public synchronized void endSilence() {
        keys.end();
    }

    /** As Stripe may do after a day. */
    public synchronized void pruneKeys() {
        keys.prune();
    }

    /** Every request so far: method, path and key. */
    public synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    public synchronized List<JsonObject> promotionCodes() {
        return promotions.all();
    }

    public synchronized List<JsonObject> checkoutSessions() {
        return sessions.all();
    }

    public synchronized List<JsonObject> transfers() {
        return transfers.all();
    }

    /** Onto our own account, in minor units of whatever is transferred. */
    public synchronized void deposit(long amount) {
        transfers.deposit(amount);
    }

    public synchronized long balance() {
        return transfers.balance();
    }

    public synchronized JsonObject coupon(String id) {
        return coupons.find(id).copy();
    }

    public synchronized int couponCount() {
        return coupons.count();
    }

    /** Behind the application's back, by somebody in Stripe's dashboard. */
    public synchronized JsonObject byHand(HttpMethod method, String path, String form) {
        return act(method, path, Form.parse(form));
    }

    public synchronized void forgetPromotionCode(String id) {
        promotions.forget(id);
    }

    private void read(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> serve(
                        request,
                        Form.parse(
                                request.method() == HttpMethod.GET
                                        ? String.valueOf(request.query())
                                        : body.toString())));
    }

    private synchronized void serve(HttpServerRequest request, Form form) {
        String key = request.getHeader("Idempotency-Key");
        seen.add(request.method() + " " + request.path() + " " + key);
        try {
            if (!("Bearer " + KEY).equals(request.getHeader("Authorization")))
                throw new StubRefusal(
                        401, "invalid_request_error", null, "Invalid API Key provided: sk_test_*****ther", null);
            if (request.method() == HttpMethod.GET)
                answer(request, StubAnswer.of(200, act(request.method(), request.path(), form)));
            else change(request, form, key == null ? "" : key);
        } catch (StubRefusal refusal) {
            answer(request, StubAnswer.of(refusal.status, refusal.body()));
        }
    }

    private void change(HttpServerRequest request, Form form, String key) {
        String whole = request.method() + " " + request.path() + " " + form;
        var kept = keys.find(key, whole);
        if (kept.isPresent() && !key.isEmpty()) {
            answer(request, kept.get());
            return;
        }
        StubFault fault = faults.poll();
        try {
            if (fault == null) answer(request, kept(key, whole, execute(request, form)));
            else faulty(fault, request, form, key, whole);
        } catch (StubRefusal refusal) {
            if (!refusal.isExecuted()) throw refusal;
            answer(request, kept(key, whole, StubAnswer.of(refusal.status, refusal.body())));
        }
    }

    private void faulty(StubFault fault, HttpServerRequest request, Form form, String key, String whole) {
        StubAnswer broken = StubAnswer.of(500, error("api_error", "An unknown error occurred"));
        switch (fault) {
            case DROPPED_BEFORE:
                request.connection().close();
                break;
            case DROPPED_AFTER:
                kept(key, whole, execute(request, form));
                request.connection().close();
                break;
            case BROKEN_BEFORE:
                answer(request, kept(key, whole, broken));
                break;
            case BROKEN_AFTER:
                execute(request, form);
                answer(request, kept(key, whole, broken));
                break;
            case GARBLED:
                StubAnswer cut = kept(key, whole, execute(request, form));
                answer(request, new StubAnswer(200, cut.body().substring(0, 20), false));
                break;
            case UNAVAILABLE:
                answer(request, StubAnswer.of(503, error("api_error", "Try again")));
                break;
            case LIMITED:
                request.response().putHeader("Retry-After", "1");
                answer(request, StubAnswer.of(429, error("rate_limit_error", "Too many requests")));
                break;
            case SILENT:
                keys.begin(key, whole, execute(request, form));
                break;
        }
    }

    private static JsonObject error(String type, String message) {
        return new JsonObject().put("error", new JsonObject().put("type", type).put("message", message));
    }

    private StubAnswer execute(HttpServerRequest request, Form form) {
        return StubAnswer.of(200, act(request.method(), request.path(), form));
    }

    private StubAnswer kept(String key, String whole, StubAnswer answer) {
        if (!key.isEmpty()) keys.keep(key, whole, answer);
        return answer;
    }

    private JsonObject act(HttpMethod method, String path, Form form) {
        String[] parts = path.split("/");
        String id = parts.length > 3 ? parts[3] : "";
        boolean creates = method == HttpMethod.POST && id.isEmpty();
        boolean lists = method == HttpMethod.GET && id.isEmpty();
        switch (parts[2]) {
            case "coupons":
                if (creates) return coupons.create(form);
                if (lists) return coupons.list(form);
                if (method == HttpMethod.GET) return coupons.find(id);
                return method == HttpMethod.DELETE ? coupons.delete(id) : coupons.update(id, form);
            case "promotion_codes":
                if (creates) return promotions.create(form);
                if (lists) return promotions.list(form);
                return method == HttpMethod.GET ? promotions.find(id) : promotions.update(id, form);
            case "checkout":
                return checkout(method, parts, form);
            case "accounts":
                return creates ? transfers.createAccount(form) : transfers.account(id);
            case "transfers":
                if (creates) return transfers.create(form);
                if (lists) return transfers.list(form);
                return parts.length > 4 ? transfers.reverse(id, form) : transfers.find(id);
            default:
                throw new StubRefusal(404, "invalid_request_error", null, "Unrecognized request URL", null);
        }
    }

    private JsonObject checkout(HttpMethod method, String[] parts, Form form) {
        if (parts.length == 4 && method == HttpMethod.POST) return sessions.create(form);
        return parts.length == 6 ? sessions.expire(parts[4]) : sessions.find(parts[4]);
    }

    private static void answer(HttpServerRequest request, StubAnswer answer) {
        if (answer.replayed()) request.response().putHeader("Idempotent-Replayed", "true");
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Request-Id", "req_stub")
                .end(answer.body());
    }

    @Override
    public void close() {
        join(vertx.close());
    }
}
