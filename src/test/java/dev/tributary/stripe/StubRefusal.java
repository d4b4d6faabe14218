package dev.tributary.stripe;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An error in Stripe's form. Unless it says otherwise it comes of validation, which no key remembers. */
final class StubRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int status;
    /** Refused while it was carried out: its key keeps that answer. */
    private boolean executed;

    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;

    StubRefusal(int status, String type, @Nullable String code, String message, @Nullable String param) {
        super(message);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    static StubRefusal of(String message, String param) {
        return new StubRefusal(400, "invalid_request_error", null, message, param);
    }

    static StubRefusal missing(String what, String id, String param) {
        return new StubRefusal(
                400, "invalid_request_error", "resource_missing", "No such " + what + ": '" + id + "'", param);
    }

    /** Of a path that names it, which is 404. */
    static StubRefusal notFound(String what, String id) {
        return new StubRefusal(
                404, "invalid_request_error", "resource_missing", "No such " + what + ": '" + id + "'", "id");
    }

    StubRefusal executed() {
        executed = true;
        return this;
    }

    boolean isExecuted() {
        return executed;
    }

    JsonObject body() {
        JsonObject error = new JsonObject().put("type", type).put("message", getMessage());
        if (code != null) error.put("code", code);
        if (param != null) error.put("param", param);
        return new JsonObject().put("error", error);
    }
}
