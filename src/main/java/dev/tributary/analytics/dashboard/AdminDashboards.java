package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.Remembered;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Makes the dashboard of a program; one that was made some seconds ago is shown again. */
@ApplicationScoped
class AdminDashboards {
    private static final int TOP = 10;
    /** Programs by periods that staff look at within seconds; some 100 kB each at most. */
    private static final int MOST_REMEMBERED = 100;
    /** A page that is reloaded, or open before many, costs once. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private record Key(UUID programId, Days days) {}

    /** Everything but when. */
    private record Made(
            Overview overview,
            List<FigureQueries.Named> top,
            AdminDashboard.PayoutSums payouts,
            AdminDashboard.Alerts alerts) {}

    private final FigureQueries figures;
    private final PayoutQueries payouts;
    private final AlertQueries alerts;
    private final Transactions transactions;
    private final Remembered<Key, Made> remembered;

    AdminDashboards(
            FigureQueries figures, PayoutQueries payouts, AlertQueries alerts, Transactions transactions, Clock clock) {
        this.figures = figures;
        this.payouts = payouts;
        this.alerts = alerts;
        this.transactions = transactions;
        remembered = new Remembered<>(MOST_REMEMBERED, REMEMBERED, clock);
    }

    Uni<AdminDashboard> of(Subject subject, Days days) {
        return remembered
                .get(new Key(subject.programId(), days), () -> transactions.read(c -> make(c, subject, days)))
                .map(made -> shown(subject, days, made));
    }

    private Uni<Made> make(SqlConnection c, Subject subject, Days days) {
        return Overview.of(c, figures, subject, days).chain(overview -> figures.topAffiliates(c, subject, days, TOP)
                .chain(top -> payouts.of(c, subject, days, overview.now().paid())
                        .chain(sums -> alerts.of(c, subject).map(found -> new Made(overview, top, sums, found)))));
    }

    private static AdminDashboard shown(Subject subject, Days days, Remembered.Dated<Made> dated) {
        Made made = dated.value();
        String currency = subject.currency();
        return new AdminDashboard(
                subject.publicProgramId(),
                subject.program(),
                subject.zone().getId(),
                days.from(),
                days.to(),
                dated.asOf(),
                made.overview.now().view(currency),
                made.overview.before().view(currency),
                TrendDay.of(days, made.overview.days(), currency),
                Breakdown.Affiliate.of(made.top, currency),
                made.payouts,
                made.alerts);
    }
}
