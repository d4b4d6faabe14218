package dev.tributary.affiliate;

import dev.tributary.access.Caller;
import dev.tributary.access.RateLimit;
import dev.tributary.access.RateLimited;
import dev.tributary.access.RateLimits;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** "Report this affiliate", for everybody. */
@Path("/api/abuse-reports")
@Tag(name = "Abuse reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AbuseReportResource {
    /**
     * From everybody together, so that no crowd of networks fills the queue: staff could not read more, and the table grows by
     * some gigabytes a year at the most.
     */
    static final int MOST_AN_HOUR = 1_000;

    private final AbuseReports reports;
    private final RateLimits limits;
    private final Caller caller;

    AbuseReportResource(AbuseReports reports, RateLimits limits, Caller caller) {
        this.reports = reports;
        this.limits = limits;
        this.caller = caller;
    }

    @POST
    @PermitAll
    @RateLimited(policy = "abuse-reports", limit = 5, windowSeconds = 3_600)
    @APIResponseSchema(value = AbuseReportReceived.class, responseCode = "202")
    @Operation(operationId = "reportAbuse", summary = "Report an affiliate")
    public Uni<Response> report(AbuseReportInput body) {
        AbuseReportInput input = Params.body(body).checked();
        String network = caller.network();
        return limits.take("abuse-reports-all", "all", MOST_AN_HOUR, Duration.ofHours(1))
                .invoke(AbuseReportResource::refuseTooMany)
                .chain(() -> reports.receive(input, network))
                .replaceWith(() -> Response.accepted(AbuseReportReceived.ANSWER).build());
    }

    private static void refuseTooMany(RateLimit told) {
        if (!told.allowed())
            throw new Problem(ProblemKind.RATE_LIMITED, "Too many reports arrive now; try again in an hour");
    }
}
