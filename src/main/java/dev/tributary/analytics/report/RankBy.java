package dev.tributary.analytics.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a ranking goes by, from the most down, and how much of what there has to be before a figure means anything: one sale
 * from two clicks is a rate of a half.
 *
 * <p>Ratios are compared as double precision numbers: equal fractions are equal there, too, so ties are true ties.
 */
enum RankBy {
    CONVERSIONS("f.leads, f.sales", "(e.leads + e.sales)::float8", "e.leads + e.sales", 0),
    REVENUE("f.revenue_minor, f.sales", "e.revenue_minor::float8", "e.sales", 0),
    QUALITY("f.refunds, f.sales, f.churns, f.repeat_sales", Quality.OF_A_ROW, "e.sales", 5),
    EPC("f.commission_minor, f.clicks", "e.commission_minor::float8 / nullif(e.clicks, 0)", "e.clicks", 50),
    AOV("f.revenue_minor, f.sales", "e.revenue_minor::float8 / nullif(e.sales, 0)", "e.sales", 5),
    CONVERSION_RATE("f.sales, f.clicks", "e.sales::float8 / nullif(e.clicks, 0)", "e.clicks", 50),
    CLICKS("f.clicks", "e.clicks::float8", "e.clicks", 0);

    static final List<String> WORDS = Arrays.stream(values())
            .map(by -> by.name().toLowerCase(Locale.ROOT))
            .toList();

    /** What these need of a row {@code f} of figures: each figure that is added up for a hundred thousand costs its time. */
    final String columns;

    /** SQL over a row {@code e} of figures and a row {@code mean} of {@link Quality#MEAN}; null where it has none. */
    final String measure;

    /** SQL over the same: what the sample is counted in. */
    final String sample;

    /** The smallest sample unless one is asked for. */
    final int usualMinimum;

    RankBy(String columns, String measure, String sample, int usualMinimum) {
        this.columns = columns;
        this.measure = measure;
        this.sample = sample;
        this.usualMinimum = usualMinimum;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RankBy of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
