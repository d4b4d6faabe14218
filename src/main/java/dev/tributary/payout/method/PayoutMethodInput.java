package dev.tributary.payout.method;

import dev.tributary.problem.FieldErrors;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where an affiliate wants to be paid. */
record PayoutMethodInput(
        @Schema(
                        examples = "manual",
                        description = "stripe, circle, payman or manual, as far as this installation has them")
                @Nullable
                String rail,
        @Schema(
                        type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT,
                        description = "What the rail wants to know; docs/rails.md has the fields of each")
                @Nullable
                Map<String, Object> details) {
    /** Of any rail some ten are asked. */
    private static final int MOST_FIELDS = 50;

    PayoutMethodInput checked() {
        new FieldErrors()
                .require(rail != null && !rail.isBlank(), "rail", "required", "rail is missing")
                .require(details != null, "details", "required", "details is missing")
                .require(
                        details == null || details.size() <= MOST_FIELDS,
                        "details",
                        "too_many",
                        "details has at most 50 fields")
                .done();
        return this;
    }

    String knownRail() {
        return Objects.requireNonNull(rail);
    }

    JsonObject fields() {
        return new JsonObject(Objects.requireNonNull(details));
    }

    /** Bank details stand in no log. */
    @Override
    public String toString() {
        return "payout method of " + rail;
    }
}
