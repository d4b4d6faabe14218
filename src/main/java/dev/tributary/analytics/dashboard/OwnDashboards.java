package dev.tributary.analytics.dashboard;

import static java.util.Objects.requireNonNull;

import dev.tributary.analytics.Reached;
import dev.tributary.analytics.TierPath;
import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.commission.MilestonePaths;
import dev.tributary.commission.MilestoneView;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.Bar;
import dev.tributary.payout.Candidates;
import dev.tributary.payout.Period;
import dev.tributary.payout.Schedules;
import dev.tributary.payout.Seen;
import dev.tributary.payout.TermsRepository;
import dev.tributary.problem.Problem;
import dev.tributary.program.Offers;
import dev.tributary.program.TierView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an affiliate's dashboard, part by part on one connection. */
@ApplicationScoped
class OwnDashboards {
    private static final int SOURCES = 10;
    private static final int LINKS = 5;

    private final FigureQueries figures;
    private final OwnQueries own;
    private final MilestonePaths milestones;
    private final Offers offers;
    private final Candidates candidates;
    private final TermsRepository terms;
    private final Schedules schedules;
    private final Clock clock;

    OwnDashboards(
            FigureQueries figures,
            OwnQueries own,
            MilestonePaths milestones,
            Offers offers,
            Candidates candidates,
            TermsRepository terms,
            Schedules schedules,
            Clock clock) {
        this.figures = figures;
        this.own = own;
        this.milestones = milestones;
        this.offers = offers;
        this.candidates = candidates;
        this.terms = terms;
        this.schedules = schedules;
        this.clock = clock;
    }

    /** What is put together at the end. */
    private static final class Parts {
        private @Nullable Overview overview;
        private AffiliateDashboard.@Nullable Earnings earnings;
        private AffiliateDashboard.@Nullable TierStanding tier;
        private MilestoneView.@Nullable Path milestones;
        private List<FigureQueries.Part> sources = List.of();
        private List<FigureQueries.Named> links = List.of();
        private List<AffiliateDashboard.ReferralLine> referrals = List.of();
    }

    Uni<AffiliateDashboard> of(SqlConnection c, Subject subject, Days days) {
        Subject.Member me = subject.one().orElseThrow();
        Parts parts = new Parts();
        return Overview.of(c, figures, subject, days)
                .invoke(found -> parts.overview = found)
                .chain(() -> own.earnings(c, me.enrollmentId(), subject.currency()))
                .invoke(found -> parts.earnings = found)
                .chain(() -> tier(c, subject, me))
                .invoke(found -> parts.tier = found)
                .chain(() -> milestones.of(c, subject.programId(), me.enrollmentId(), me.affiliateId()))
                .invoke(found -> parts.milestones = found)
                .chain(() -> figures.topCuts(c, subject, "source", days, SOURCES))
                .invoke(found -> parts.sources = found)
                .chain(() -> figures.topLinks(c, subject, days, LINKS))
                .invoke(found -> parts.links = found)
                .chain(() -> own.recent(c, subject, me.affiliateId()))
                .invoke(found -> parts.referrals = found)
                .chain(() -> payout(c, subject, me))
                .map(payout -> put(subject, me, days, parts, payout));
    }

    private Uni<AffiliateDashboard.TierStanding> tier(SqlConnection c, Subject subject, Subject.Member me) {
        return offers.of(c, subject.programId()).chain(offer -> own.brought(c, me.enrollmentId(), subject.currency())
                .map(brought -> {
                    TierPath path = TierPath.of(offer.tiers(), me.tierId());
                    Reached reached = new Reached(brought.conversions(), brought.revenue());
                    return new AffiliateDashboard.TierStanding(
                            path.current()
                                    .map(tier -> TierView.of(tier, subject.currency()))
                                    .orElse(null),
                            path.next()
                                    .map(tier -> TierView.of(tier, subject.currency()))
                                    .orElse(null),
                            brought.conversions(),
                            new Money(brought.revenue(), subject.currency()),
                            path.share(reached));
                }));
    }

    private Uni<AffiliateDashboard.PayoutStanding> payout(SqlConnection c, Subject subject, Subject.Member me) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, subject.zone());
        return candidates
                .look(c, subject.programId(), me.enrollmentId(), now)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                .chain(seen -> terms.of(c, subject.programId()).chain(on -> schedules
                        .of(c, me.enrollmentId())
                        .map(kind -> standing(subject, seen, kind, on.dayOfMonth(), today))));
    }

    private static AffiliateDashboard.PayoutStanding standing(
            Subject subject, Seen seen, Period.Kind kind, int dayOfMonth, LocalDate today) {
        return new AffiliateDashboard.PayoutStanding(
                Schedules.next(kind, dayOfMonth, today),
                kind.word(),
                new Money(seen.terms().minimum(seen.candidate()), subject.currency()),
                seen.isPaid(),
                seen.bars().stream().map(Bar::word).distinct().toList());
    }

    private AffiliateDashboard put(
            Subject subject, Subject.Member me, Days days, Parts parts, AffiliateDashboard.PayoutStanding payout) {
        String currency = subject.currency();
        Overview overview = requireNonNull(parts.overview);
        return new AffiliateDashboard(
                TypeId.AFFILIATE.format(me.affiliateId()),
                subject.publicProgramId(),
                subject.program(),
                subject.zone().getId(),
                days.from(),
                days.to(),
                clock.instant(),
                overview.now().view(currency),
                overview.before().view(currency),
                TrendDay.of(days, overview.days(), currency),
                requireNonNull(parts.earnings),
                requireNonNull(parts.tier),
                requireNonNull(parts.milestones),
                Breakdown.Source.of(parts.sources, currency),
                Breakdown.Link.of(parts.links, currency),
                parts.referrals,
                payout);
    }
}
