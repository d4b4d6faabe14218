package dev.tributary.audit;

import dev.tributary.id.TypeId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blanks personal and secret fields, however deep, by their names: audit entries are kept when a person is erased. That a
 * blanked field was changed still shows.
 */
final class Redaction {
    static final String BLANK = "[redacted]";
    static final String BLANK_CHANGED = "[redacted, changed]";

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

    /** Whose {@code name} is a person's; those of programs are not. */
    private static final Set<TypeId> PEOPLE = Set.of(TypeId.AFFILIATE, TypeId.APPLICATION);

    private final boolean person;

    private Redaction(boolean person) {
        this.person = person;
    }

    /** The object without its personal fields; those that differ from the object before are marked. */
    static JsonObject of(TypeId kind, JsonObject object, @Nullable JsonObject before) {
        return new Redaction(PEOPLE.contains(kind)).object(object, before);
    }

    private JsonObject object(JsonObject object, @Nullable JsonObject before) {
        JsonObject out = new JsonObject();
        for (String name : object.fieldNames()) {
            Object value = object.getValue(name);
            Object old = before == null ? value : before.getValue(name);
            if (value == null) out.putNull(name);
            else if (hidden(name)) out.put(name, value.equals(old) ? BLANK : BLANK_CHANGED);
            else out.put(name, any(value, old));
        }
        return out;
    }

    private boolean hidden(String name) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        return NAMES.contains(plain) || person && plain.equals("name");
    }

    private Object any(Object value, @Nullable Object old) {
        if (value instanceof JsonObject object) return object(object, old instanceof JsonObject was ? was : null);
        if (!(value instanceof JsonArray array)) return value;
        JsonArray out = new JsonArray();
        array.forEach(element -> out.add(any(element, null)));
        return out;
    }
}
