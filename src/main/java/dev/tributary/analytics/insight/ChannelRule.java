package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.FigureQueries.Part;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.money.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the sources, countries and devices whose visitors buy more often, or less, than all others. */
@ApplicationScoped
class ChannelRule implements FiguresRule {
    /** Of each cut, the heaviest. */
    private static final int MOST = 3;

    @Override
    public String word() {
        return "channel";
    }

    @Override
    public String explained() {
        return "Visitors of a source, country or device buy more or less often than all others, by more than chance explains"
                + " once in a hundred times (two proportions, corrected for as many as are compared; 100 visitors, 10 sales).";
    }

    @Override
    public List<Insight> find(Look look) {
        List<Insight> found = new ArrayList<>();
        for (String cut : Look.CUTS) {
            Look.Cut parts = look.cuts().get(cut);
            if (parts != null) found.addAll(of(look, cut, parts.now()));
        }
        return found;
    }

    private List<Insight> of(Look look, String cut, List<Part> parts) {
        List<Part> compared = parts.stream()
                .filter(part -> Look.isNamed(cut, part.value()))
                .filter(part -> part.figures().uniques() >= Significance.FEWEST_VISITORS)
                .toList();
        List<Insight> found = new ArrayList<>();
        for (Part part : compared) {
            Figures mine = part.figures();
            long others = look.now().uniques() - mine.uniques();
            long othersSales = look.now().sales() - mine.sales();
            double z = Significance.ofRates(mine.sales(), mine.uniques(), othersSales, others);
            if (!Significance.isNotable(z, compared.size())) continue;
            found.add(insight(look, cut, part, othersSales / (double) others, z));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(Insight::weight).reversed())
                .limit(MOST)
                .toList();
    }

    private Insight insight(Look look, String cut, Part part, double others, double z) {
        Figures mine = part.figures();
        double rate = mine.sales() / (double) mine.uniques();
        long each = mine.clicks() == 0 ? 0 : mine.revenue() / mine.clicks();
        String currency = look.subject().currency();
        return new Insight(
                Insight.Kind.CHANNEL,
                word(),
                Insight.Tone.of(z, true),
                "%s %s: %s of visitors buy, %s of all others; a click brings %s %s"
                        .formatted(
                                Change.named(cut),
                                Look.shown(cut, part.value()),
                                Change.rate(rate),
                                Change.rate(others),
                                Written.of(each, currency),
                                currency),
                List.of(
                        Insight.Evidence.name(cut, part.value()),
                        Insight.Evidence.count("visitors", mine.uniques()),
                        Insight.Evidence.count("sales", mine.sales()),
                        Insight.Evidence.bps("rate", rate),
                        Insight.Evidence.bps("rateOfOthers", others),
                        Insight.Evidence.minor("revenueAClick", each),
                        Insight.Evidence.z(z)),
                Math.abs(z));
    }
}
