package dev.tributary.page;

import dev.tributary.problem.FieldErrors;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a list.
 *
 * @param filter path and filters in one canonical text, to which cursors are bound
 * @param limit rows a page, 1 to {@value #MOST}
 */
record PageRequest(String filter, int limit, @Nullable String cursor) {
    /** Keeps an answer well below a megabyte and a query below the request's deadline. */
    static final int MOST = 100;

    private static final int USUAL = 50;

    /** Refuses every parameter that the list does not know: a mistyped filter must not list everything. */
    static PageRequest read(UriInfo uri, Set<String> filters) {
        MultivaluedMap<String, String> asked = uri.getQueryParameters();
        FieldErrors errors = new FieldErrors();
        Map<String, String> sorted = new TreeMap<>();
        asked.forEach((name, values) -> {
            boolean paging = name.equals("limit") || name.equals("cursor");
            errors.require(
                    paging || filters.contains(name), name, "unknown_parameter", "There is no parameter " + name);
            errors.require(values.size() == 1, name, "repeated", name + " is given once");
            if (!paging) sorted.put(name, values.get(0));
        });
        int limit = limit(asked.getFirst("limit"));
        errors.require(limit >= 1 && limit <= MOST, "limit", "out_of_range", "limit is a number from 1 to " + MOST)
                .done();
        return new PageRequest(uri.getPath() + "?" + List.copyOf(sorted.entrySet()), limit, asked.getFirst("cursor"));
    }

    private static int limit(@Nullable String text) {
        if (text == null) return USUAL;
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    }
}
