package dev.tributary.promo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.page.Csv;
import dev.tributary.page.Params;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Generates discount codes, for staff. */
@Path("/api/admin/discount-codes/batches")
@Tag(name = "Discount codes")
@Consumes(MediaType.APPLICATION_JSON)
class BatchAdminResource {
    private static final Csv<String> CSV = new Csv<>(List.of("code"), List::of);

    private final Batches batches;
    private final Idempotency idempotency;
    private final Caller caller;
    private final ObjectMapper mapper;

    BatchAdminResource(Batches batches, Idempotency idempotency, Caller caller, ObjectMapper mapper) {
        this.batches = batches;
        this.idempotency = idempotency;
        this.caller = caller;
        this.mapper = mapper;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("admin")
    @APIResponseSchema(value = BatchView.class, responseCode = "201")
    @Operation(operationId = "generateDiscountCodes", summary = "Generate many codes alike")
    public Uni<Response> generate(@HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable BatchInput body) {
        BatchInput input = Params.body(body).checked();
        return idempotency.run(key, caller.method() + " " + caller.path(), input, tx -> batches.generate(tx, input)
                .map(BatchAdminResource::answer));
    }

    private static Response answer(BatchView made) {
        return Response.created(URI.create("/api/admin/discount-codes?batchId=" + made.id()))
                .entity(made)
                .build();
    }

    @POST
    @Produces("text/csv;qs=0.5")
    @RolesAllowed("admin")
    @Operation(hidden = true)
    public Uni<Response> generateAsCsv(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable BatchInput body) {
        return generate(key, body).map(answer -> Response.created(answer.getLocation())
                .entity(CSV.whole(made(answer).codes()))
                .type("text/csv")
                .build());
    }

    /** The answer given now, or the one that was kept. */
    private BatchView made(Response answer) {
        if (answer.getEntity() instanceof BatchView fresh) return fresh;
        try {
            return mapper.readValue(String.valueOf(answer.getEntity()), BatchView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A kept answer cannot be read", e);
        }
    }
}
