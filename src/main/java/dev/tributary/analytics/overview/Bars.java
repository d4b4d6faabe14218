package dev.tributary.analytics.overview;

import java.util.List;

/** Bars that lie beside each other's names, the longest as wide as there is room. */
final class Bars {
    static final float ROW = 16;
    private static final float THICK = 9;
    /** Of the width, what names may have at most. */
    private static final float NAMES = 0.3f;

    private static final float GAP = 6;

    private final List<Bar> bars;

    Bars(List<Bar> bars) {
        this.bars = List.copyOf(bars);
    }

    /** One bar, and what is written at its end. */
    record Bar(String name, long value, String shown) {}

    static float height(int bars) {
        return Math.max(1, bars) * ROW;
    }

    void draw(Sheet sheet) {
        float names = 0;
        float ends = 0;
        long longest = 1;
        for (Bar bar : bars) {
            names = Math.max(names, sheet.widthOf(bar.name));
            ends = Math.max(ends, sheet.widthOf(bar.shown));
            longest = Math.max(longest, bar.value);
        }
        names = Math.min(names, sheet.width() * NAMES);
        float left = names + GAP;
        float room = sheet.width() - left - ends - GAP;
        float y = sheet.height() - ROW;
        for (Bar bar : bars) {
            float width = room * Math.max(0, bar.value) / longest;
            sheet.left(sheet.fitting(bar.name, names), 0, y + (ROW - Sheet.SMALL) / 2);
            sheet.bar(left, y + (ROW - THICK) / 2, width, THICK, Sheet.MAIN);
            sheet.left(bar.shown, left + width + GAP, y + (ROW - Sheet.SMALL) / 2);
            y -= ROW;
        }
    }
}
