package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.Remembered;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks every rule what it has found, and shows the heaviest. */
@ApplicationScoped
class Insights {
    private static final int MOST = 20;
    /** Programs and affiliates by periods: some 10 kB each. */
    private static final int MOST_REMEMBERED = 1_000;
    /** Days that are over hardly change, and a look at all affiliates of a large program takes a second. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private record Key(UUID programId, @Nullable UUID affiliateId, Days days) {}

    private final FigureQueries figures;
    private final List<InsightRule> rules;
    private final Transactions transactions;
    private final Clock clock;
    private final Remembered<Key, List<Insight>> remembered;

    Insights(FigureQueries figures, Instance<InsightRule> rules, Transactions transactions, Clock clock) {
        this.figures = figures;
        this.rules =
                rules.stream().sorted(Comparator.comparing(InsightRule::word)).toList();
        this.transactions = transactions;
        this.clock = clock;
        remembered = new Remembered<>(MOST_REMEMBERED, REMEMBERED, clock);
    }

    /** Of whole days: today's would look like a fall. */
    Uni<InsightsView> of(Subject subject, Days.Asked asked) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), subject.zone());
        Days days = whole(asked, asked.in(subject.zone(), clock.instant()), today);
        Key key = new Key(subject.programId(), subject.affiliateId(), days);
        return remembered
                .get(key, () -> transactions.read(c -> look(c, subject, days).chain(look -> find(c, look))))
                .map(found -> view(subject, days, found));
    }

    /** Days that were named move back to end with yesterday; where they were spelled out, today is left out. */
    static Days whole(Days.Asked asked, Days days, LocalDate today) {
        if (!days.to().isAfter(today)) return days;
        if (asked.from() == null) return new Days(today.minusDays(days.length()), today);
        if (!days.from().isBefore(today))
            throw Problem.field("from", "out_of_range", "Insights are of whole days, which end with yesterday");
        return new Days(days.from(), today);
    }

    private Uni<Look> look(SqlConnection c, Subject subject, Days days) {
        return figures.total(c, subject, days).chain(now -> figures.total(c, subject, days.before())
                .chain(before -> cuts(c, subject, days).map(cuts -> new Look(subject, days, now, before, cuts))));
    }

    private Uni<Map<String, Look.Cut>> cuts(SqlConnection c, Subject subject, Days days) {
        Map<String, Look.Cut> found = new HashMap<>();
        return Multi.createFrom()
                .iterable(Look.CUTS)
                .onItem()
                .transformToUniAndConcatenate(cut -> cut(c, subject, cut, days).invoke(parts -> found.put(cut, parts)))
                .collect()
                .last()
                .replaceWith(found);
    }

    private Uni<Look.Cut> cut(SqlConnection c, Subject subject, String cut, Days days) {
        return figures.byCut(c, subject, cut, days)
                .chain(now -> figures.byCut(c, subject, cut, days.before()).map(before -> new Look.Cut(now, before)));
    }

    private Uni<List<Insight>> find(SqlConnection c, Look look) {
        return Multi.createFrom()
                .iterable(rules)
                .select()
                .where(rule -> rule.speaksTo(look.subject()))
                .onItem()
                .transformToUniAndConcatenate(rule -> rule.find(c, look))
                .onItem()
                .<Insight>disjoint()
                .collect()
                .asList()
                .map(Insights::heaviest);
    }

    private static List<Insight> heaviest(List<Insight> found) {
        return found.stream()
                .sorted(Comparator.comparingDouble(Insight::weight).reversed().thenComparing(Insight::text))
                .limit(MOST)
                .toList();
    }

    private InsightsView view(Subject subject, Days days, Remembered.Dated<List<Insight>> found) {
        return new InsightsView(
                subject.publicProgramId(),
                subject.affiliateId() == null ? null : TypeId.AFFILIATE.format(subject.affiliateId()),
                subject.zone().getId(),
                days.from(),
                days.to(),
                found.asOf(),
                found.value().stream().map(InsightsView.Line::of).toList(),
                rules.stream()
                        .filter(rule -> rule.speaksTo(subject))
                        .map(rule -> new InsightsView.Rule(rule.word(), rule.explained()))
                        .toList());
    }
}
