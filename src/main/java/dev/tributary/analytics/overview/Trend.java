package dev.tributary.analytics.overview;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** A line over the days of a period. */
final class Trend {
    /** Names below the chart. */
    private static final int NAMES = 6;
    /** From here on days are named by their month. */
    private static final int LONG = 200;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final float FOOT = 14;
    private static final float HEAD = 6;
    private static final float GAP = 5;

    private final List<LocalDate> days;
    private final List<Long> values;
    private final LongFunction<String> shown;

    /** @param shown how a value is written at the axis */
    Trend(List<LocalDate> days, List<Long> values, LongFunction<String> shown) {
        if (days.isEmpty() || days.size() != values.size())
            throw new IllegalArgumentException("There is a value for each day");
        this.days = days;
        this.values = values;
        this.shown = shown;
    }

    void draw(Sheet sheet) {
        Axis axis = Axis.to(values.stream().mapToLong(Long::longValue).max().orElse(0));
        float gutter = 0;
        for (long tick : axis.ticks()) gutter = Math.max(gutter, sheet.widthOf(shown.apply(tick)));
        float left = gutter + GAP;
        float tall = sheet.height() - FOOT - HEAD;
        for (long tick : axis.ticks()) {
            float y = FOOT + tall * (float) axis.height(tick);
            sheet.line(left, y, sheet.width(), y, Sheet.RULE);
            sheet.label(shown.apply(tick), gutter, y - Sheet.SMALL / 3);
        }
        float[] xs = new float[values.size()];
        float[] ys = new float[values.size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = place(i, left, sheet.width());
            ys[i] = FOOT + tall * (float) axis.height(values.get(i));
        }
        sheet.curve(xs, ys, FOOT);
        names(sheet, xs);
    }

    /** One day stands in the middle. */
    private float place(int i, float left, float right) {
        return days.size() == 1 ? (left + right) / 2 : left + (right - left) * i / (days.size() - 1);
    }

    private void names(Sheet sheet, float[] xs) {
        int names = Math.min(NAMES, days.size());
        for (int n = 0; n < names; n++) {
            int i = names == 1 ? 0 : Math.round((float) (days.size() - 1) * n / (names - 1));
            String name = (days.size() > LONG ? MONTH : DAY).format(days.get(i));
            float half = sheet.widthOf(name) / 2;
            sheet.centre(name, Math.max(half, Math.min(xs[i], sheet.width() - half)), 2);
        }
    }
}
