package dev.tributary.page;

import dev.tributary.postgres.SharedKeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Answers every list of the API, newest first: page by page as JSON, or whole as streamed CSV. */
@ApplicationScoped
public class Lists {
    /** Above every UUIDv7: where a list begins. */
    private static final UUID TOP = new UUID(-1, -1);
    /** Rows a query of a CSV export; two pages at most are in memory, however long the list. */
    private static final int CSV_PAGE = 1_000;

    private final SharedKeys keys;

    Lists(SharedKeys keys) {
        this.keys = keys;
    }

    /** One page, as {@code {"data": [...], "nextCursor": ...}} and with {@code Link: rel="next"} (RFC 8288). */
    public <T, V> Uni<Response> json(
            UriInfo uri, Set<String> filters, Source<T> source, Function<T, UUID> id, Function<T, V> view) {
        PageRequest asked = PageRequest.read(uri, filters);
        return keys.key("page.cursor").map(Cursor::new).chain(cursor -> {
            UUID before = asked.cursor() == null ? TOP : cursor.read(asked.cursor(), asked.filter());
            return source.read(before, asked.limit() + 1).map(rows -> answer(uri, asked, cursor, rows, id, view));
        });
    }

    private static <T, V> Response answer(
            UriInfo uri, PageRequest asked, Cursor cursor, List<T> rows, Function<T, UUID> id, Function<T, V> view) {
        boolean more = rows.size() > asked.limit();
        List<T> shown = more ? rows.subList(0, asked.limit()) : rows;
        List<V> data = shown.stream().map(view).toList();
        if (!more) return Response.ok(new Page<>(data, null)).build();
        String next = cursor.write(id.apply(shown.get(shown.size() - 1)), asked.filter());
        return Response.ok(new Page<>(data, next))
                .link(
                        uri.getRequestUriBuilder()
                                .replaceQueryParam("cursor", next)
                                .build(),
                        "next")
                .build();
    }

    /** The whole list from its beginning: the next rows are read when the client has taken those before. */
    public <T> Multi<String> csv(UriInfo uri, Set<String> filters, Source<T> source, Function<T, UUID> id, Csv<T> csv) {
        PageRequest.read(uri, filters);
        AtomicReference<UUID> before = new AtomicReference<>(TOP);
        Multi<String> rows = Multi.createBy()
                .repeating()
                .uni(() -> source.read(Objects.requireNonNull(before.get()), CSV_PAGE)
                        .invoke(page -> {
                            if (!page.isEmpty()) before.set(id.apply(page.get(page.size() - 1)));
                        }))
                .whilst(page -> page.size() == CSV_PAGE)
                .map(csv::rows);
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(csv.header()), rows);
    }
}
