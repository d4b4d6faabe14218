package dev.tributary.audit;

import dev.tributary.id.TypeId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one request changed: the object as the API showed it before, null when it is new, and as the API shows it now, null
 * when it is gone.
 *
 * @param action the kind and what was done to it, such as {@code link.update}
 */
public record Change(String action, TypeId kind, UUID id, @Nullable Object before, @Nullable Object after) {
    public static Change created(TypeId kind, UUID id, Object after) {
        return new Change(noun(kind) + ".create", kind, id, null, after);
    }

    public static Change updated(TypeId kind, UUID id, Object before, Object after) {
        return new Change(noun(kind) + ".update", kind, id, before, after);
    }

    public static Change deleted(TypeId kind, UUID id, Object before) {
        return new Change(noun(kind) + ".delete", kind, id, before, null);
    }

    /** The kind as entries and actions name it. */
    static String noun(TypeId kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
