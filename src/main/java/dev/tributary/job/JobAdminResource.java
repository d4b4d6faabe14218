package dev.tributary.job;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The jobs and their runs, for staff. */
@Path("/api/admin/jobs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class JobAdminResource {
    private final Jobs jobs;
    private final JobSettings settings;
    private final Runner runner;
    private final RunRepository repository;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Lists lists;

    JobAdminResource(
            Jobs jobs,
            JobSettings settings,
            Runner runner,
            RunRepository repository,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            Lists lists) {
        this.jobs = jobs;
        this.settings = settings;
        this.runner = runner;
        this.repository = repository;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.lists = lists;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listJobs", summary = "List all jobs with their last runs, on one page")
    public Uni<Response> list() {
        return transactions
                .read(c -> repository.last(c, jobs.names()))
                .map(runs -> runs.stream().collect(Collectors.toMap(RunRecord::job, Function.identity())))
                .map(this::page)
                .map(page -> Response.ok(page).build());
    }

    private Page<JobView> page(Map<String, RunRecord> last) {
        List<JobView> views = jobs.all().stream()
                .map(job -> JobView.of(job, settings, last.get(job.name())))
                .toList();
        return new Page<>(views, null);
    }

    @GET
    @Path("{name}/runs")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listJobRuns", summary = "List a job's runs, newest first")
    public Uni<Response> runs(@PathParam("name") String name, @Context UriInfo uri) {
        Job job = job(name);
        Source<RunRecord> source =
                (before, limit) -> transactions.read(c -> repository.list(c, job.name(), before, limit));
        return lists.json(uri, Set.of(), source, RunRecord::id, RunView::of);
    }

    @GET
    @Path("{name}/runs/{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getJobRun", summary = "Read one run, also while it goes on")
    public Uni<RunView> run(@PathParam("name") String name, @PathParam("id") String id) {
        Job job = job(name);
        return transactions
                .read(c -> repository.find(c, job.name(), Params.path(id, TypeId.JOB_RUN, "Run")))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Run")))
                .map(RunView::of);
    }

    @POST
    @Path("{name}/runs")
    @RolesAllowed("admin")
    @APIResponseSchema(value = RunView.class, responseCode = "202")
    @Operation(operationId = "startJobRun", summary = "Start a run; 409 while another run of this job goes on")
    public Uni<Response> start(
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable RunInput body) {
        RunInput input = Params.body(body);
        Job job = startable(name);
        Attempt attempt = runner.attempt(RunRequest.asked(job, Boolean.TRUE.equals(input.dryRun())));
        return idempotency
                .run(key, "POST /api/admin/jobs/" + job.name() + "/runs", input, tx -> begin(tx, attempt))
                .onFailure()
                .invoke(attempt::release)
                .onCancellation()
                .invoke(attempt::release)
                .invoke(() -> runner.inBackground(attempt));
    }

    private Uni<Response> begin(SqlConnection tx, Attempt attempt) {
        return runner.begin(tx, attempt)
                .call(run -> audit.record(
                        tx,
                        "job.run",
                        TypeId.JOB_RUN,
                        run.id(),
                        null,
                        new JsonObject().put("job", run.job()).put("dryRun", run.dryRun())))
                .map(JobAdminResource::accepted);
    }

    private static Response accepted(RunRecord run) {
        RunView view = RunView.of(run);
        return Response.accepted(view)
                .location(URI.create("/api/admin/jobs/" + view.job() + "/runs/" + view.id()))
                .build();
    }

    private Job job(String name) {
        return jobs.find(name).orElseThrow(() -> Problem.notFound("Job"));
    }

    private Job startable(String name) {
        Job job = job(name);
        if (job.options().stream().anyMatch(JobOption::required))
            throw new Problem(
                    ProblemKind.UNPROCESSABLE, "Job " + name + " has required options: run it from the command line");
        return job;
    }
}
