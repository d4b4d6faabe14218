package dev.tributary.analytics.export;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Some lines of JSON, written as they are: of a plain text the framework would make a string of JSON. The last is without its
 * line break, because the framework ends each item with one.
 */
@Schema(type = SchemaType.STRING, description = "Lines of JSON, one a row")
record Lines(@JsonValue @JsonRawValue String text) {
    static Lines of(String whole) {
        return new Lines(whole.substring(0, whole.length() - 1));
    }
}
