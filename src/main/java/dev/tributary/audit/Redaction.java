package dev.tributary.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;

/**
 * Blanks personal and secret fields, however deep, by their names: audit entries are kept when a person is erased. That a
 * field changed still shows, because its name stays.
 */
final class Redaction {
    static final String BLANK = "[redacted]";

    private static final Set<String> NAMES = Set.of(
            "email",
            "emailkey",
            "phone",
            "address",
            "birthdate",
            "taxid",
            "iban",
            "accountnumber",
            "routingnumber",
            "password",
            "secret",
            "token",
            "apikey",
            "key",
            "authorization");

    private Redaction() {}

    static JsonObject of(JsonObject object) {
        JsonObject out = new JsonObject();
        for (String name : object.fieldNames()) {
            boolean hidden = NAMES.contains(name.replace("_", "").toLowerCase(Locale.ROOT));
            Object value = object.getValue(name);
            out.put(name, hidden && value != null ? BLANK : any(value));
        }
        return out;
    }

    private static Object any(Object value) {
        if (value instanceof JsonObject object) return of(object);
        if (!(value instanceof JsonArray array)) return value;
        JsonArray out = new JsonArray();
        array.forEach(element -> out.add(any(element)));
        return out;
    }
}
