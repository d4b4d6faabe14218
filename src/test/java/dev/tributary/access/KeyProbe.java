package dev.tributary.access;

import dev.tributary.problem.Problem;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Endpoints that say who asked, for the tests of keys and limits only. */
@Path("/api/key-probe")
@Produces(MediaType.TEXT_PLAIN)
public class KeyProbe {
    private final Caller caller;

    KeyProbe(Caller caller) {
        this.caller = caller;
    }

    @GET
    @Operation(hidden = true)
    @PermitAll
    public String anybody() {
        return caller.kind() + ":" + caller.id();
    }

    /** By whom a refusal would be answered; nothing where the framework took that over. */
    @GET
    @Path("refuser")
    @Operation(hidden = true)
    @PermitAll
    public String refuser(@Context RoutingContext context) {
        Object refuser = context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        return refuser == null ? "nobody" : refuser.getClass().getName();
    }

    @GET
    @Path("read")
    @Operation(hidden = true)
    @RolesAllowed("read")
    public String merchant() {
        return caller.kind() + ":" + caller.id() + ":"
                + caller.keyOwner(KeyOwner.PROGRAM).orElseThrow();
    }

    @GET
    @Path("write")
    @Operation(hidden = true)
    @RolesAllowed("track:write")
    public String writer() {
        return caller.id();
    }

    @GET
    @Path("affiliate")
    @Operation(hidden = true)
    @RolesAllowed({"affiliate-key", "affiliate"})
    public Uni<String> affiliate() {
        return caller.affiliate().map(id -> caller.id() + ":" + id);
    }

    @GET
    @Path("limited")
    @Operation(hidden = true)
    @RateLimited(policy = "probe", limit = 3, windowSeconds = 600)
    public String limited(@QueryParam("fail") boolean fail) {
        if (fail) throw Problem.notFound("Probe");
        return "fine";
    }

    @GET
    @Path("limited/keys")
    @Operation(hidden = true)
    @RolesAllowed("affiliate-key")
    @RateLimited(policy = "probe-keys", limit = 100)
    public String limitedKeys() {
        return "fine";
    }
}
