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
            "contactemail",
            "subject",
            "displayname",
            "affiliatename",
            "channels",
            "promotion",
            "evidence",
            "phone",
            "address",
            "birthdate",
            "taxid",
            "iban",
            "accountnumber",
            "routingnumber",
            "taxpayernumberlastfour",
            "foreigntaxnumberlastfour",
            "password",
            "secret",
            "token",
            "apikey",
            "key",
            "authorization");

    /** Whose {@code name} is a person's, and whose texts tell of one; those of programs and jobs are and do not. */
    private static final Set<TypeId> PEOPLE =
            Set.of(TypeId.ABUSE_REPORT, TypeId.AFFILIATE, TypeId.APPLICATION, TypeId.INVITATION, TypeId.TAX_FORM);

    private static final Set<String> OF_PEOPLE =
            Set.of("name", "message", "note", "businessname", "signedby", "certifications");

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
            else if (hidden(name, value)) out.put(name, value.equals(old) ? BLANK : BLANK_CHANGED);
            else out.put(name, any(value, old));
        }
        return out;
    }

    private boolean hidden(String name, Object value) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        // An API key as it is described: which scopes it was given is what the record is for.
        if (plain.equals("key") && value instanceof JsonObject) return false;
        return NAMES.contains(plain) || person && OF_PEOPLE.contains(plain);
    }

    private Object any(Object value, @Nullable Object old) {
        if (value instanceof JsonObject object) return object(object, old instanceof JsonObject was ? was : null);
        if (!(value instanceof JsonArray array)) return value;
        JsonArray out = new JsonArray();
        array.forEach(element -> out.add(any(element, null)));
        return out;
    }
}
