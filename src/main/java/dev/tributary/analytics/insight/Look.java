package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.FigureQueries.Part;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.analytics.figure.Subject;
import java.util.List;
import java.util.Map;

/**
 * What rules look at: the figures of a period and of as many days before, as sums and by cut.
 *
 * @param cuts by source, country and device
 */
record Look(Subject subject, Days days, Figures now, Figures before, Map<String, Cut> cuts) {
    /** By which parts are compared. */
    static final List<String> CUTS = List.of("source", "country", "device");

    Look {
        cuts = Map.copyOf(cuts);
    }

    /** The parts of both periods. */
    record Cut(List<Part> now, List<Part> before) {
        Cut {
            now = List.copyOf(now);
            before = List.copyOf(before);
        }

        Figures before(String value) {
            return before.stream()
                    .filter(part -> part.value().equals(value))
                    .findFirst()
                    .map(Part::figures)
                    .orElse(Figures.NOTHING);
        }
    }

    /** Whether there is anything to say of a part: links may well have no source tag, but unknown is no country. */
    static boolean isNamed(String cut, String value) {
        return !value.isEmpty() || cut.equals("source");
    }

    /** As people read it: what has no name is said to have none. */
    static String shown(String cut, String value) {
        return value.isEmpty() ? "(no %s)".formatted(cut) : value;
    }
}
