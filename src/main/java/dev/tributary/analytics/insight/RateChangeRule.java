package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Figures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Finds steps from visitor to buyer, and to refund, at which more or fewer go on than before. */
@ApplicationScoped
class RateChangeRule implements FiguresRule {
    private record Rate(String name, ToLongFunction<Figures> of, ToLongFunction<Figures> among, boolean moreIsBetter) {}

    private static final List<Rate> RATES = List.of(
            new Rate("lead rate", Figures::leads, Figures::uniques, true),
            new Rate("conversion rate", Figures::sales, Figures::uniques, true),
            new Rate("refund rate", Figures::refunds, Figures::sales, false));

    @Override
    public String word() {
        return "rate_change";
    }

    @Override
    public String explained() {
        return "A rate differs from that of as many days before by more than chance explains once in a hundred times"
                + " (two proportions, corrected for three comparisons; 100 cases in both periods, 10 successes).";
    }

    @Override
    public List<Insight> find(Look look) {
        return RATES.stream().flatMap(each -> find(look, each).stream()).toList();
    }

    private Optional<Insight> find(Look look, Rate rate) {
        long made = rate.of.applyAsLong(look.now());
        long among = rate.among.applyAsLong(look.now());
        long madeBefore = rate.of.applyAsLong(look.before());
        long amongBefore = rate.among.applyAsLong(look.before());
        double z = Significance.ofRates(made, among, madeBefore, amongBefore);
        if (!Significance.isNotable(z, RATES.size())) return Optional.empty();
        double now = made / (double) among;
        double before = madeBefore / (double) amongBefore;
        return Optional.of(new Insight(
                Insight.Kind.CHANGE,
                word(),
                Insight.Tone.of(z, rate.moreIsBetter),
                "%s: %s, was %s".formatted(Change.named(rate.name), Change.rate(now), Change.rate(before)),
                List.of(
                        Insight.Evidence.name("rate", rate.name),
                        Insight.Evidence.bps("now", now),
                        Insight.Evidence.bps("before", before),
                        Insight.Evidence.count("cases", among),
                        Insight.Evidence.count("casesBefore", amongBefore),
                        Insight.Evidence.z(z)),
                Math.abs(z)));
    }
}
