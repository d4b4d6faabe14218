package dev.tributary.conversion.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.conversion.Conversions;
import dev.tributary.problem.BodyProblems;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that tells one event or many: a JSON object, an array of them, or lines of them (NDJSON).
 *
 * @param single whether it was one object, which is answered as one
 * @param rows what can be read of each row, or why nothing can
 */
record TrackBody(boolean single, List<Row> rows) {

    /** One of both. */
    record Row(@Nullable JsonNode json, @Nullable Problem unreadable) {
        /** As the record that it should be. Throws a problem that names the field where it is not. */
        <T> T as(ObjectMapper mapper, Class<T> type) {
            if (unreadable != null) throw unreadable;
            if (json == null || !json.isObject())
                throw new Problem(ProblemKind.INVALID_REQUEST, "An event is a JSON object");
            try {
                return mapper.treeToValue(json, type);
            } catch (JsonMappingException e) {
                throw BodyProblems.of(e);
            } catch (JsonProcessingException e) {
                throw notJson();
            }
        }
    }

    /** Of {@code application/json}. Fails where it is no JSON, empty, or more than fits in a transaction. */
    static TrackBody json(byte @Nullable [] body, ObjectMapper mapper) {
        JsonNode read;
        try {
            read = mapper.readTree(body == null ? new byte[0] : body);
        } catch (java.io.IOException e) {
            throw notJson();
        }
        if (read == null || !read.isArray()) return new TrackBody(true, List.of(new Row(read, null)));
        List<Row> rows = new ArrayList<>();
        read.forEach(row -> rows.add(new Row(row, null)));
        return new TrackBody(false, bounded(rows));
    }

    /** Of {@code application/x-ndjson}: a line that is no JSON is refused by itself. */
    static TrackBody lines(byte @Nullable [] body, ObjectMapper mapper) {
        byte[] all = body == null ? new byte[0] : body;
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < all.length && rows.size() <= Conversions.MOST; ) {
            int end = from;
            while (end < all.length && all[end] != '\n') end++;
            if (!isBlank(all, from, end)) rows.add(line(all, from, end - from, mapper));
            from = end + 1;
        }
        return new TrackBody(false, bounded(rows));
    }

    private static boolean isBlank(byte[] all, int from, int end) {
        for (int i = from; i < end; i++) if (all[i] != ' ' && all[i] != '\t' && all[i] != '\r') return false;
        return true;
    }

    /** From the bytes, so that what is no UTF-8 is refused and not mended. */
    private static Row line(byte[] all, int from, int length, ObjectMapper mapper) {
        try {
            return new Row(mapper.readTree(all, from, length), null);
        } catch (java.io.IOException e) {
            return new Row(null, notJson());
        }
    }

    private static List<Row> bounded(List<Row> rows) {
        if (rows.isEmpty()) throw new Problem(ProblemKind.INVALID_REQUEST, "There is no event in the body");
        if (rows.size() > Conversions.MOST)
            throw new Problem(ProblemKind.TOO_LARGE, "At most " + Conversions.MOST + " events at once");
        return rows;
    }

    private static Problem notJson() {
        return new Problem(ProblemKind.INVALID_REQUEST, "The body is not the expected JSON");
    }
}
