package dev.tributary.analytics.report;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.analytics.figure.KeptReports;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports as they are asked for by URLs, of whatever the caller may see. */
@ApplicationScoped
class Reports {
    private static final String GROUP_BY = "groupBy";
    private static final int USUAL_COHORTS = 12;
    private static final List<String> TOP_WORDS = List.of(TopQueries.LINK, "source", "code", "country", "device");

    private final PerformanceQueries performance;
    private final FigureQueries figures;
    private final Trends trends;
    private final TopQueries tops;
    private final Cohorts cohorts;
    private final PayoutQueries payouts;
    private final KeptReports kept;
    private final Clock clock;

    Reports(
            PerformanceQueries performance,
            FigureQueries figures,
            Trends trends,
            TopQueries tops,
            Cohorts cohorts,
            PayoutQueries payouts,
            KeptReports kept,
            Clock clock) {
        this.performance = performance;
        this.figures = figures;
        this.trends = trends;
        this.tops = tops;
        this.cohorts = cohorts;
        this.payouts = payouts;
        this.kept = kept;
        this.clock = clock;
    }

    Uni<PerformanceReport> performance(UriInfo uri, Viewer viewer, boolean whole) {
        only(uri, viewer, AskedDays.PARAMETERS, "sort", "minimum", "limit");
        AskedDays days = AskedDays.of(uri);
        Ranking asked = Ranking.of(uri, RankBy.REVENUE);
        Ranking ranking = whole ? asked.whole() : asked;
        return viewer.find(uri).chain(ground -> {
            Span span = days.on(ground.today(clock));
            return kept.get(
                    name("performance", ground, span, ranking),
                    PerformanceReport.class,
                    () -> performance.ask(ground, span, ranking));
        });
    }

    Uni<FunnelReport> funnel(UriInfo uri, Viewer viewer) {
        only(uri, viewer, AskedDays.PARAMETERS, Cut.WORDS.toArray(String[]::new));
        AskedDays days = AskedDays.of(uri);
        Cut cut = cut(uri);
        String value = cut == null ? null : Params.line(uri, cut.word());
        return viewer.find(uri).chain(ground -> {
            Span span = days.on(ground.today(clock));
            Uni<Compared> sums = cut == null || value == null
                    ? figures.compare(ground, span)
                    : figures.compare(ground, span, cut, value);
            return sums.map(compared -> FunnelReport.of(ground, span, cut, value, compared));
        });
    }

    /** The rollups know the sums of one cut at a time. */
    private static @Nullable Cut cut(UriInfo uri) {
        List<Cut> asked = new ArrayList<>();
        for (Cut cut : Cut.values()) if (uri.getQueryParameters().containsKey(cut.word())) asked.add(cut);
        if (asked.size() > 1)
            throw Problem.field(
                    asked.get(1).word(), "conflict", "Only one of %s is given".formatted(String.join(", ", Cut.WORDS)));
        return asked.isEmpty() ? null : asked.get(0);
    }

    Uni<TrendsReport> trends(UriInfo uri, Viewer viewer) {
        only(uri, viewer, AskedDays.PARAMETERS, GROUP_BY);
        AskedDays days = AskedDays.of(uri);
        Buckets by = Buckets.of(requireNonNullElse(Params.oneOf(uri, GROUP_BY, Buckets.WORDS), "day"));
        return viewer.find(uri).chain(ground -> {
            Span span = days.on(ground.today(clock));
            if (by == Buckets.HOUR && span.days() > Buckets.MOST_DAYS_OF_HOURS)
                throw Problem.field(
                        GROUP_BY,
                        "too_long",
                        "There are hours of at most %d days".formatted(Buckets.MOST_DAYS_OF_HOURS));
            return trends.ask(ground, span, by);
        });
    }

    Uni<TopReport> top(UriInfo uri, Viewer viewer, boolean whole) {
        only(uri, viewer, AskedDays.PARAMETERS, "by", "sort", "minimum", "limit");
        AskedDays days = AskedDays.of(uri);
        String by = Params.oneOf(uri, "by", TOP_WORDS);
        if (by == null) throw Problem.field("by", "required", "by is one of " + String.join(", ", TOP_WORDS));
        Ranking asked = Ranking.of(uri, RankBy.CLICKS);
        if (asked.by() == RankBy.QUALITY)
            throw Problem.field("sort", "unknown_value", "Only affiliates are ranked by quality");
        Ranking ranking = whole ? asked.whole() : asked;
        return viewer.find(uri).chain(ground -> {
            Span span = days.on(ground.today(clock));
            if (ground.affiliateId() != null) return tops.ask(ground, span, by, ranking);
            return kept.get(
                    name("top:" + by, ground, span, ranking),
                    TopReport.class,
                    () -> tops.ask(ground, span, by, ranking));
        });
    }

    Uni<CohortReport> cohorts(UriInfo uri, Viewer viewer) {
        only(uri, viewer, Set.of(), GROUP_BY, "cohorts");
        CohortUnit unit = CohortUnit.of(requireNonNullElse(Params.oneOf(uri, GROUP_BY, CohortUnit.WORDS), "month"));
        int count = Ranking.number(uri, "cohorts", 1, CohortUnit.MOST_COHORTS, USUAL_COHORTS);
        return viewer.find(uri).chain(ground -> cohorts.ask(ground, unit, count));
    }

    Uni<PayoutsReport> payouts(UriInfo uri, Viewer viewer) {
        only(uri, viewer, AskedDays.PARAMETERS);
        AskedDays days = AskedDays.of(uri);
        return viewer.find(uri).chain(ground -> payouts.ask(ground, days.on(ground.today(clock))));
    }

    private static void only(UriInfo uri, Viewer viewer, Set<String> days, String... further) {
        Set<String> known = new HashSet<>(days);
        known.addAll(List.of(further));
        known.addAll(viewer.parameters());
        Params.only(uri, known);
    }

    private static String name(String report, Ground ground, Span span, Ranking ranking) {
        return String.join(
                ":",
                report,
                ground.programId().toString(),
                span.from().toString(),
                span.to().toString(),
                ranking.by().word(),
                Integer.toString(ranking.minimum()),
                Integer.toString(ranking.limit()));
    }
}
