package dev.tributary.analytics.report;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Cohorts as they are asked for: those kept by {@link CohortsJob} where there are any, else computed at once, which takes as
 * long as there are customers.
 */
@ApplicationScoped
class Cohorts {
    /** Eight runs of the job; without it they are computed at once again. */
    static final Duration KEPT = Duration.ofHours(2);

    private final CohortRepository repository;
    private final Transactions transactions;
    private final Clock clock;

    Cohorts(CohortRepository repository, Transactions transactions, Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.clock = clock;
    }

    Uni<CohortReport> ask(Ground ground, CohortUnit unit, int count) {
        LocalDate today = ground.today(clock);
        LocalDate first = unit.plus(unit.first(today), 1L - count);
        return transactions
                .read(connection -> find(connection, ground, unit, first))
                .map(found -> report(ground, unit, count, today, found));
    }

    private Uni<CohortRepository.Kept> find(SqlConnection c, Ground ground, CohortUnit unit, LocalDate first) {
        Instant now = clock.instant();
        LocalDate end = ground.today(clock).plusDays(1);
        return repository
                .kept(c, ground, unit, first, now.minus(KEPT))
                .chain(kept -> kept.isPresent()
                        ? Uni.createFrom().item(kept.get())
                        : repository
                                .compute(c, ground, unit, first, end)
                                .map(cells -> new CohortRepository.Kept(now, cells)));
    }

    private static CohortReport report(
            Ground ground, CohortUnit unit, int count, LocalDate today, CohortRepository.Kept found) {
        List<CohortReport.Cohort> cohorts =
                new CohortTable(unit, ground.currency(), today).cohorts(found.cells(), count);
        return new CohortReport(
                ground.program(), ground.affiliate(), unit.word(), ground.zone().getId(), cohorts, found.at());
    }
}
