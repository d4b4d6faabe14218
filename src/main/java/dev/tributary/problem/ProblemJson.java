package dev.tributary.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer from 400 up, as RFC 9457 lays it out, with a stable {@code code} for programs.
 *
 * @param type always {@code about:blank}: the code says more than a URL would
 * @param title the same for every problem of a kind
 * @param errors the wrong fields, where the request has any
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemJson(
        String type, String title, int status, String code, @Nullable String detail, List<FieldError> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemJson of(Problem problem) {
        ProblemKind kind = problem.kind();
        return new ProblemJson(
                "about:blank", kind.title(), kind.status(), kind.code(), problem.getMessage(), problem.errors());
    }

    /** For answers that do not pass through the REST layer. */
    String encode() {
        JsonObject json = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("code", code);
        if (detail != null) json.put("detail", detail);
        JsonArray fields = new JsonArray();
        for (FieldError e : errors)
            fields.add(new JsonObject()
                    .put("field", e.field())
                    .put("code", e.code())
                    .put("message", e.message()));
        if (!fields.isEmpty()) json.put("errors", fields);
        return json.encode();
    }
}
