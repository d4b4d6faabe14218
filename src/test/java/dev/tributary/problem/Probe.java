package dev.tributary.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Endpoints that fail in every way, for the tests of the renderer only. */
@Path("/api/probe")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class Probe {
    public enum Color {
        @JsonProperty("red")
        RED,
        @JsonProperty("blue")
        BLUE
    }

    public record Thing(@NotBlank String name, int size, Color color) {}

    @POST
    public Thing post(@NotNull @Valid Thing thing) {
        return thing;
    }

    @GET
    public String get(@QueryParam("n") int n) {
        return "{}";
    }

    @GET
    @Path("/guarded")
    @RolesAllowed("admin")
    public String guarded() {
        return "{}";
    }

    @GET
    @Path("/throws/{what}")
    public String fails(@PathParam("what") String what) {
        throw switch (what) {
            case "bug" -> new IllegalStateException("secret internals");
            case "away" -> new java.io.UncheckedIOException(new java.net.ConnectException("refused"));
            case "late" -> new io.smallrye.mutiny.TimeoutException();
            case "full" -> new PgException("too many clients", "FATAL", "53300", "");
            case "sql" -> new PgException("relation \"secret\" does not exist", "ERROR", "42P01", "");
            default -> new Problem(ProblemKind.CONFLICT, "Taken");
        };
    }

    void routes(@Observes Router router) {
        router.route("/probe-route").handler(context -> {
            throw new IllegalStateException("secret internals");
        });
    }
}
