package dev.tributary.analytics.export;

import dev.tributary.id.TypeId;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One column of an export: its name in JSON and CSV, and the SQL expression that it shows.
 *
 * @param kind of an id; null for everything else
 */
record Column(String name, String sql, Form form, @Nullable TypeId kind) {
    /** How a value is read and written. */
    enum Form {
        TEXT,
        NUMBER,
        FLAG,
        TIME,
        /** A document of the merchant's own, as it is. */
        JSON,
        ID,
        /** The word of a kind, a colon and an id: an id of that kind where there is such a kind. */
        KIND_AND_ID
    }

    static Column text(String name, String sql) {
        return new Column(name, sql, Form.TEXT, null);
    }

    static Column number(String name, String sql) {
        return new Column(name, "(%s)::bigint".formatted(sql), Form.NUMBER, null);
    }

    static Column flag(String name, String sql) {
        return new Column(name, sql, Form.FLAG, null);
    }

    static Column time(String name, String sql) {
        return new Column(name, sql, Form.TIME, null);
    }

    static Column json(String name, String sql) {
        return new Column(name, "(%s)::text".formatted(sql), Form.JSON, null);
    }

    static Column id(String name, String sql, TypeId kind) {
        return new Column(name, sql, Form.ID, kind);
    }

    static Column kindAndId(String name, String kind, String id) {
        return new Column(name, "%s || ':' || %s".formatted(kind, id), Form.KIND_AND_ID, null);
    }

    /** Null, text, a number or a truth value. */
    @Nullable
    Object read(Row row, int place) {
        return switch (form) {
            case TEXT, JSON -> row.getString(place);
            case NUMBER -> row.getLong(place);
            case FLAG -> row.getBoolean(place);
            case TIME ->
                row.getOffsetDateTime(place) == null
                        ? null
                        : row.getOffsetDateTime(place).toInstant().toString();
            case ID -> row.getUUID(place) == null || kind == null ? null : kind.format(row.getUUID(place));
            case KIND_AND_ID -> row.getString(place) == null ? null : shown(row.getString(place));
        };
    }

    private static String shown(String text) {
        int colon = text.indexOf(':');
        String word = text.substring(0, colon).toUpperCase(Locale.ROOT);
        UUID id = UUID.fromString(text.substring(colon + 1));
        return Arrays.stream(TypeId.values())
                .filter(type -> type.name().equals(word))
                .findFirst()
                .map(type -> type.format(id))
                .orElseGet(id::toString);
    }
}
