package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Figures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Finds what there was more or less of than in as many days before. */
@ApplicationScoped
class CountChangeRule implements FiguresRule {
    private record Counted(String name, ToLongFunction<Figures> of, boolean moreIsBetter) {}

    private static final List<Counted> COUNTED = List.of(
            new Counted("clicks", Figures::clicks, true),
            new Counted("leads", Figures::leads, true),
            new Counted("sales", Figures::sales, true),
            new Counted("repeat sales", Figures::repeatSales, true),
            new Counted("refunds", Figures::refunds, false),
            new Counted("lost customers", Figures::churns, false));

    @Override
    public String word() {
        return "count_change";
    }

    @Override
    public String explained() {
        return "A count differs from that of as many days before by more than chance explains once in a hundred times"
                + " (Poisson, corrected for six comparisons; 20 events at least).";
    }

    @Override
    public List<Insight> find(Look look) {
        return COUNTED.stream().flatMap(each -> find(look, each).stream()).toList();
    }

    private Optional<Insight> find(Look look, Counted what) {
        long now = what.of.applyAsLong(look.now());
        long before = what.of.applyAsLong(look.before());
        double z = Significance.ofCounts(now, before);
        if (!Significance.isNotable(z, COUNTED.size())) return Optional.empty();
        return Optional.of(new Insight(
                Insight.Kind.CHANGE,
                word(),
                Insight.Tone.of(z, what.moreIsBetter),
                "%s: %s".formatted(Change.named(what.name), Change.of(now, before)),
                Stream.of(
                                Insight.Evidence.name("figure", what.name),
                                Insight.Evidence.count("now", now),
                                Insight.Evidence.count("before", before),
                                Insight.Evidence.z(z))
                        .toList(),
                Math.abs(z)));
    }
}
