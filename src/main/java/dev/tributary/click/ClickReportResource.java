package dev.tributary.click;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reports of clicks, for staff, read from the hourly rollup and never from the clicks themselves. */
@Path("/api/admin/reports/clicks")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
class ClickReportResource {
    private static final Set<String> PARAMETERS =
            Set.of("by", "from", "to", "programId", "affiliateId", "linkId", "limit");
    private static final List<String> BY =
            Arrays.stream(ReportBy.values()).map(ReportBy::word).toList();
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration USUAL_HOURS = Duration.ofHours(48);
    /** Two years of days, a quarter of hours: 2,208 rows at most. */
    private static final Duration LONGEST = Duration.ofDays(731);

    private static final Duration LONGEST_HOURS = Duration.ofDays(92);
    private static final int USUAL_ROWS = 100;
    /** Some 200 bytes each; whoever wants all links takes CSV. */
    private static final int MOST_ROWS = 1_000;

    private static final int MOST_ROWS_CSV = 10_000;

    private static final Csv<ClickReport.Line> CSV = new Csv<>(
            List.of("key", "label", "clicks", "uniques", "duplicates", "unverified", "bots", "prefetches", "heads"),
            row -> List.of(
                    row.key(),
                    row.label() == null ? "" : row.label(),
                    Long.toString(row.clicks()),
                    Long.toString(row.uniques()),
                    Long.toString(row.duplicates()),
                    Long.toString(row.unverified()),
                    Long.toString(row.bots()),
                    Long.toString(row.prefetches()),
                    Long.toString(row.heads())));

    private final ClickQueries queries;
    private final Programs programs;
    private final Transactions transactions;
    private final Clock clock;

    ClickReportResource(ClickQueries queries, Programs programs, Transactions transactions, Clock clock) {
        this.queries = queries;
        this.programs = programs;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(
            operationId = "reportClicks",
            summary = "Clicks summed up by day, hour, link, affiliate, src, country or device")
    public Uni<ClickReport> report(@Context UriInfo uri) {
        return report(uri, limit(uri));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Uni<String> export(@Context UriInfo uri) {
        limit(uri);
        return report(uri, MOST_ROWS_CSV).map(report -> CSV.whole(report.data()));
    }

    private Uni<ClickReport> report(UriInfo uri, int limit) {
        Params.only(uri, PARAMETERS);
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return zone(program).chain(zone -> {
            ClickReport.Question question = question(uri, program, zone);
            return queries.report(question, zone, question.by().isTime() ? MOST_ROWS_CSV : limit);
        });
    }

    private Uni<ZoneId> zone(@Nullable UUID program) {
        if (program == null) return Uni.createFrom().item(UTC);
        return transactions
                .read(connection -> programs.find(connection, program))
                .map(found ->
                        found.orElseThrow(() -> Problem.field("programId", "unknown", "There is no such program")))
                .map(found -> ZoneId.of(found.timeZone()));
    }

    private ClickReport.Question question(UriInfo uri, @Nullable UUID program, ZoneId zone) {
        ReportBy by = ReportBy.of(requireNonNullElse(Params.oneOf(uri, "by", BY), "day"));
        boolean hours = by == ReportBy.HOUR;
        Instant to = requireNonNullElseGet(Params.time(uri, "to", zone), clock::instant);
        Instant from = requireNonNullElseGet(Params.time(uri, "from", zone), () -> usual(to, hours, zone));
        Period.check(from, to, hours ? LONGEST_HOURS : LONGEST);
        return new ClickReport.Question(
                by,
                from,
                to,
                program,
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.id(uri, "linkId", TypeId.LINK));
    }

    /** From the beginning of a day, or the first would be told in part. */
    private static Instant usual(Instant to, boolean hours, ZoneId zone) {
        return hours
                ? to.minus(USUAL_HOURS)
                : to.minus(USUAL).atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    private static int limit(UriInfo uri) {
        String text = uri.getQueryParameters().getFirst("limit");
        if (text == null) return USUAL_ROWS;
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST_ROWS)
            throw Problem.field("limit", "out_of_range", "limit is a number from 1 to " + MOST_ROWS);
        return limit;
    }
}
