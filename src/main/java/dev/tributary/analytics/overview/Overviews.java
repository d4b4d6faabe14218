package dev.tributary.analytics.overview;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.FigureQueries.Named;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Makes overviews on paper, a few at once. */
@ApplicationScoped
class Overviews {
    /** Each takes a worker thread some 100 ms and a few megabytes. */
    private static final int MOST_AT_ONCE = 4;

    private static final int SOURCES = 10;
    private static final int TOP = 15;

    private final FigureQueries figures;
    private final Transactions transactions;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    Overviews(FigureQueries figures, Transactions transactions, Clock clock) {
        this.figures = figures;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A 503 where as many are made as may at once. */
    Uni<byte[]> pdf(Subject subject, Days.Asked asked) {
        Days days = asked.in(subject.zone(), clock.instant());
        return Uni.createFrom().deferred(() -> {
            if (!places.tryAcquire())
                throw new Problem(ProblemKind.UNAVAILABLE, "As many reports are printed as may at once; try again");
            return transactions
                    .read(c -> read(c, subject, days))
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .map(OverviewPdf::write)
                    .onTermination()
                    .invoke(() -> places.release());
        });
    }

    private Uni<OverviewFigures> read(SqlConnection c, Subject subject, Days days) {
        return figures.total(c, subject, days)
                .chain(now -> figures.total(c, subject, days.before()).chain(before -> figures.byDay(c, subject, days)
                        .chain(each -> figures.topCuts(c, subject, "source", days, SOURCES)
                                .chain(sources -> top(c, subject, days)
                                        .map(top -> new OverviewFigures(
                                                subject, days, clock.instant(), now, before, each, sources, top))))));
    }

    private Uni<List<Named>> top(SqlConnection c, Subject subject, Days days) {
        return subject.one().isPresent()
                ? figures.topLinks(c, subject, days, TOP)
                : figures.topAffiliates(c, subject, days, TOP);
    }
}
