package dev.tributary.analytics.insight;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing that stands out.
 *
 * @param weight by which insights are ordered, the heaviest first; not shown
 */
record Insight(Kind kind, String rule, Tone tone, String text, List<Evidence> evidence, double weight) {
    Insight {
        evidence = List.copyOf(evidence);
    }

    /** What it is about. */
    enum Kind {
        CHANNEL,
        CHANGE,
        RISK;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    enum Tone {
        GOOD,
        BAD,
        NEUTRAL;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Of a change for the better where more is better. */
        static Tone of(double change, boolean moreIsBetter) {
            if (change == 0) return NEUTRAL;
            return change > 0 == moreIsBetter ? GOOD : BAD;
        }
    }

    /**
     * One figure by which it was found.
     *
     * @param value a count, minor units or basis points, as the unit says; or the name of what it is about
     */
    @Schema(name = "InsightEvidence")
    record Evidence(
            @Schema(examples = "sales") String name,
            @Schema(examples = "42") String value,
            @Schema(
                            examples = "count",
                            enumeration = {"name", "count", "bps", "minor", "z", "score"})
                    String unit) {
        static Evidence name(String name, String value) {
            return new Evidence(name, value, "name");
        }

        static Evidence count(String name, long value) {
            return new Evidence(name, Long.toString(value), "count");
        }

        static Evidence bps(String name, double share) {
            return new Evidence(name, Long.toString(Math.round(share * 10_000)), "bps");
        }

        static Evidence minor(String name, long value) {
            return new Evidence(name, Long.toString(value), "minor");
        }

        static Evidence z(double value) {
            return new Evidence("z", String.format(java.util.Locale.ROOT, "%.1f", value), "z");
        }
    }
}
