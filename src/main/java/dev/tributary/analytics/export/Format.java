package dev.tributary.analytics.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.page.Csv;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How rows are written: as lines of JSON, or as CSV with a header. Each row holds one value a column. */
enum Format {
    NDJSON {
        @Override
        String head(List<Column> columns) {
            return "";
        }

        @Override
        String rows(List<Column> columns, List<@Nullable Object[]> rows) {
            StringWriter out = new StringWriter(rows.size() * 512);
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
                for (@Nullable Object[] row : rows) write(json, columns, row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out + "\n";
        }

        @Override
        String foot(long rows, String last) {
            return "{\"end\":true,\"rows\":%d,\"after\":\"%s\"}\n".formatted(rows, last);
        }
    },
    CSV {
        @Override
        String head(List<Column> columns) {
            return csv(columns).header();
        }

        @Override
        String rows(List<Column> columns, List<@Nullable Object[]> rows) {
            return csv(columns).rows(rows);
        }

        /** A spreadsheet would take it for a row. */
        @Override
        String foot(long rows, String last) {
            return "";
        }
    };

    private static final JsonFactory JSON = new JsonFactory();

    abstract String head(List<Column> columns);

    /** At least one. */
    abstract String rows(List<Column> columns, List<@Nullable Object[]> rows);

    /**
     * What tells that nothing is missing.
     *
     * @param last the id of the last row, or what was given for it; '' where there was none
     */
    abstract String foot(long rows, String last);

    private static void write(JsonGenerator json, List<Column> columns, @Nullable Object[] row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < row.length; i++) {
            json.writeFieldName(columns.get(i).name());
            Object value = row[i];
            if (value == null) json.writeNull();
            else if (value instanceof Long number) json.writeNumber(number);
            else if (value instanceof Boolean flag) json.writeBoolean(flag);
            else if (columns.get(i).form() == Column.Form.JSON) json.writeRawValue(value.toString());
            else json.writeString(value.toString());
        }
        json.writeEndObject();
    }

    private static Csv<@Nullable Object[]> csv(List<Column> columns) {
        return new Csv<>(columns.stream().map(Column::name).toList(), row -> Arrays.stream(row)
                .map(value -> Objects.toString(value, ""))
                .toList());
    }
}
