package dev.tributary.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a request of the API changes something: in one transaction with its audit entry, and once for each
 * {@code Idempotency-Key}.
 */
@ApplicationScoped
public class Changes {
    private final Idempotency idempotency;
    private final Audit audit;
    private final Caller caller;
    private final ObjectMapper mapper;

    Changes(Idempotency idempotency, Audit audit, Caller caller, ObjectMapper mapper) {
        this.idempotency = idempotency;
        this.audit = audit;
        this.caller = caller;
        this.mapper = mapper;
    }

    /**
     * Carries out the work and answers with the object as it is then: 201 and its address, below the path that was asked,
     * where it is new, 204 where it is gone, else 200. Fails as {@link Idempotency#run} does.
     */
    public Uni<Response> make(@Nullable String key, Object request, Function<SqlConnection, Uni<Change>> work) {
        return make(key, request, caller.path(), work);
    }

    /** The same where new objects have their address below another path. */
    public Uni<Response> make(
            @Nullable String key, Object request, String below, Function<SqlConnection, Uni<Change>> work) {
        String path = caller.path();
        return idempotency.run(key, caller.method() + " " + path, request, tx -> work.apply(tx)
                .call(change -> record(tx, change))
                .map(change -> answer(below, change)));
    }

    /** Writes the audit entry of a change that came with the one the request asked for. */
    public Uni<Void> record(SqlConnection tx, Change change) {
        return audit.record(
                tx, change.action(), change.kind(), change.id(), json(change.before()), json(change.after()));
    }

    private static Response answer(String path, Change change) {
        if (change.after() == null) return Response.noContent().build();
        if (change.before() != null) return Response.ok(change.after()).build();
        URI made = URI.create(path + "/" + change.kind().format(change.id()));
        return Response.created(made).entity(change.after()).build();
    }

    private @Nullable JsonObject json(@Nullable Object view) {
        if (view == null) return null;
        try {
            return new JsonObject(mapper.writeValueAsString(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A view cannot be written as JSON", e);
        }
    }
}
