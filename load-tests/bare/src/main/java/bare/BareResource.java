package bare;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** One query by primary key, answered as JSON: what any endpoint of this kind costs at least. */
@Path("/affiliate/{id}")
public class BareResource {
    private final Pool pool;

    BareResource(Pool pool) {
        this.pool = pool;
    }

    public record Answer(UUID id, String name, String status) {}

    @GET
    public Uni<Answer> get(@PathParam("id") String id) {
        return pool.preparedQuery("SELECT id, name, status FROM affiliate WHERE id = $1")
                .execute(Tuple.of(UUID.fromString(id)))
                .map(rows -> rows.iterator().next())
                .map(BareResource::read);
    }

    private static Answer read(Row row) {
        return new Answer(row.getUUID("id"), row.getString("name"), row.getString("status"));
    }
}
