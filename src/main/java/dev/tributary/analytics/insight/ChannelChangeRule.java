package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.FigureQueries.Part;
import dev.tributary.analytics.figure.Figures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the sources, countries and devices that brought more or fewer visitors or sales than before. */
@ApplicationScoped
class ChannelChangeRule implements FiguresRule {
    /** Of each cut, the heaviest. */
    private static final int MOST = 3;

    @Override
    public String word() {
        return "channel_change";
    }

    @Override
    public String explained() {
        return "A source, country or device brought more or fewer visitors or sales than in as many days before, by more than"
                + " chance explains once in a hundred times (Poisson, corrected for as many as are compared; 20 events).";
    }

    @Override
    public List<Insight> find(Look look) {
        List<Insight> found = new ArrayList<>();
        for (String cut : Look.CUTS) {
            Look.Cut parts = look.cuts().get(cut);
            if (parts != null) found.addAll(of(cut, parts));
        }
        return found;
    }

    private List<Insight> of(String cut, Look.Cut parts) {
        TreeSet<String> values = new TreeSet<>();
        Stream.concat(parts.now().stream(), parts.before().stream()).forEach(part -> values.add(part.value()));
        values.removeIf(value -> !Look.isNamed(cut, value));
        List<Insight> found = new ArrayList<>();
        for (String value : values) {
            Figures now = parts.now().stream()
                    .filter(part -> part.value().equals(value))
                    .findFirst()
                    .map(Part::figures)
                    .orElse(Figures.NOTHING);
            Figures before = parts.before(value);
            // Visitors and sales of each.
            int compared = 2 * values.size();
            add(found, cut, value, "sales", now.sales(), before.sales(), compared);
            add(found, cut, value, "visitors", now.uniques(), before.uniques(), compared);
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(Insight::weight).reversed())
                .limit(MOST)
                .toList();
    }

    private void add(List<Insight> found, String cut, String value, String what, long now, long before, int compared) {
        double z = Significance.ofCounts(now, before);
        if (!Significance.isNotable(z, compared)) return;
        found.add(new Insight(
                Insight.Kind.CHANGE,
                word(),
                Insight.Tone.of(z, true),
                "%s %s: %s %s".formatted(Change.named(cut), Look.shown(cut, value), what, Change.of(now, before)),
                List.of(
                        Insight.Evidence.name(cut, value),
                        Insight.Evidence.name("figure", what),
                        Insight.Evidence.count("now", now),
                        Insight.Evidence.count("before", before),
                        Insight.Evidence.z(z)),
                Math.abs(z)));
    }
}
