package dev.tributary.analytics.statement;

import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.UUID;

/** Statements in their forms, as affiliates and staff ask for them. */
@ApplicationScoped
class Statements {
    private static final String PROGRAM = "programId";
    private static final YearMonth EARLIEST = YearMonth.of(2000, 1);
    private static final YearMonth LATEST = YearMonth.of(2199, 12);

    private final StatementQueries queries;
    private final StatementCsv csv;
    private final Lists lists;

    Statements(StatementQueries queries, StatementCsv csv, Lists lists) {
        this.queries = queries;
        this.csv = csv;
        this.lists = lists;
    }

    Uni<Response> list(UUID affiliate, UriInfo uri) {
        return lists.json(
                uri, Set.of(PROGRAM), months(affiliate, uri), StatementLine.Placed::id, StatementLine.Placed::line);
    }

    Multi<String> export(UUID affiliate, UriInfo uri) {
        return lists.csv(
                uri,
                Set.of(PROGRAM),
                months(affiliate, uri),
                StatementLine.Placed::id,
                StatementLine.CSV.of(StatementLine.Placed::line));
    }

    private Source<StatementLine.Placed> months(UUID affiliate, UriInfo uri) {
        UUID program = Params.id(uri, PROGRAM, TypeId.PROGRAM);
        return (before, limit) -> queries.list(affiliate, program, before, limit);
    }

    Uni<Statement> month(UUID affiliate, String month, UriInfo uri) {
        return open(affiliate, month, uri, StatementQueries.MOST_ENTRIES).map(Opened::statement);
    }

    /** What there was at the beginning is read first, so that a refusal is one and not half a table. */
    Uni<Multi<String>> csv(UUID affiliate, String month, UriInfo uri) {
        return open(affiliate, month, uri, 0).map(csv::rows);
    }

    /** Written by a thread that may block. */
    Uni<byte[]> pdf(UUID affiliate, String month, UriInfo uri) {
        return month(affiliate, month, uri)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(StatementPdf::write);
    }

    private Uni<Opened> open(UUID affiliate, String text, UriInfo uri, int entries) {
        Params.only(uri, Set.of(PROGRAM));
        UUID program = Params.id(uri, PROGRAM, TypeId.PROGRAM);
        return queries.month(affiliate, program, read(text), entries);
    }

    /** What is no month has no statement. */
    private static YearMonth read(String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (!month.isBefore(EARLIEST) && !month.isAfter(LATEST)) return month;
        } catch (DateTimeParseException e) {
            // as any other that is not there
        }
        throw Problem.notFound("Statement");
    }
}
