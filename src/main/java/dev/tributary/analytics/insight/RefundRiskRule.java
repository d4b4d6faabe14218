package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.FigureQueries.Part;
import dev.tributary.analytics.figure.Figures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Finds the sources whose sales are given back more often than those of all others: what such traffic is worth less. */
@ApplicationScoped
class RefundRiskRule implements FiguresRule {
    private static final String CUT = "source";
    private static final int MOST = 3;

    @Override
    public String word() {
        return "refund_risk";
    }

    @Override
    public String explained() {
        return "Sales of a source are refunded more often than all others, by more than chance explains once in a hundred"
                + " times (two proportions, corrected for as many as are compared; 100 sales, 10 refunds).";
    }

    @Override
    public List<Insight> find(Look look) {
        Look.Cut cut = look.cuts().get(CUT);
        if (cut == null) return List.of();
        List<Part> compared = cut.now().stream()
                .filter(part -> part.figures().sales() >= Significance.FEWEST_VISITORS)
                .toList();
        return compared.stream()
                .map(part -> of(look, part, compared.size()))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingDouble(Insight::weight).reversed())
                .limit(MOST)
                .toList();
    }

    private @org.jspecify.annotations.Nullable Insight of(Look look, Part part, int compared) {
        Figures mine = part.figures();
        long sales = look.now().sales() - mine.sales();
        long refunds = look.now().refunds() - mine.refunds();
        double z = Significance.ofRates(mine.refunds(), mine.sales(), refunds, sales);
        if (z <= 0 || !Significance.isNotable(z, compared)) return null;
        double rate = mine.refunds() / (double) mine.sales();
        double others = refunds / (double) sales;
        return new Insight(
                Insight.Kind.RISK,
                word(),
                Insight.Tone.BAD,
                "Source %s: %s of sales are refunded, %s of all others"
                        .formatted(Look.shown(CUT, part.value()), Change.rate(rate), Change.rate(others)),
                List.of(
                        Insight.Evidence.name(CUT, part.value()),
                        Insight.Evidence.count("sales", mine.sales()),
                        Insight.Evidence.count("refunds", mine.refunds()),
                        Insight.Evidence.bps("rate", rate),
                        Insight.Evidence.bps("rateOfOthers", others),
                        Insight.Evidence.z(z)),
                z);
    }
}
