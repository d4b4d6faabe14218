package dev.tributary.analytics.overview;

import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfTemplate;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.librepdf.openpdf.fonts.Liberation;

/** A piece of paper to draw a chart on, in points from its lower left corner, with the fonts that go into the document. */
final class Sheet {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color GREY = new Color(0x77, 0x77, 0x77);
    static final Color RULE = new Color(0xDD, 0xDD, 0xDD);
    /** Both are told apart in grey print. */
    static final Color MAIN = new Color(0x1F, 0x5A, 0xA6);

    static final Color PALE = new Color(0xC9, 0xDB, 0xF0);

    static final float SMALL = 7.5f;
    private static final String CUT_OFF = "\u2026";

    private final PdfTemplate paper;
    private final Font plain = font(SMALL, false, INK);
    private final Font grey = font(SMALL, false, GREY);
    private final BaseFont measure = plain.getBaseFont();

    Sheet(PdfTemplate paper) {
        this.paper = paper;
    }

    /** They go into the document, because those of every reader know western letters only. */
    static Font font(float size, boolean strong, Color color) {
        try {
            Font font = (strong ? Liberation.SANS_BOLD : Liberation.SANS).create();
            font.setSize(size);
            font.setColor(color);
            return font;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    float width() {
        return paper.getWidth();
    }

    float height() {
        return paper.getHeight();
    }

    void line(float x, float y, float toX, float toY, Color color) {
        paper.setColorStroke(color);
        paper.setLineWidth(0.5f);
        paper.moveTo(x, y);
        paper.lineTo(toX, toY);
        paper.stroke();
    }

    void bar(float x, float y, float width, float height, Color color) {
        paper.setColorFill(color);
        paper.rectangle(x, y, Math.max(width, 0.3f), height);
        paper.fill();
    }

    /** Through all points in turn; the area below it down to a height is pale. */
    void curve(float[] xs, float[] ys, float bottom) {
        paper.setColorFill(PALE);
        paper.moveTo(xs[0], bottom);
        for (int i = 0; i < xs.length; i++) paper.lineTo(xs[i], ys[i]);
        paper.lineTo(xs[xs.length - 1], bottom);
        paper.closePath();
        paper.fill();
        paper.setColorStroke(MAIN);
        paper.setLineWidth(1.2f);
        paper.moveTo(xs[0], ys[0]);
        for (int i = 1; i < xs.length; i++) paper.lineTo(xs[i], ys[i]);
        paper.stroke();
    }

    void left(String text, float x, float y) {
        write(text, Element.ALIGN_LEFT, x, y, plain);
    }

    void right(String text, float x, float y) {
        write(text, Element.ALIGN_RIGHT, x, y, plain);
    }

    void label(String text, float x, float y) {
        write(text, Element.ALIGN_RIGHT, x, y, grey);
    }

    void centre(String text, float x, float y) {
        write(text, Element.ALIGN_CENTER, x, y, grey);
    }

    private void write(String text, int alignment, float x, float y, Font font) {
        ColumnText.showTextAligned(paper, alignment, new Phrase(text, font), x, y, 0);
    }

    float widthOf(String text) {
        return measure.getWidthPoint(text, SMALL);
    }

    /** As much of a text as is no wider than that, with an ellipsis where something is left out. */
    String fitting(String text, float width) {
        if (widthOf(text) <= width) return text;
        int end = text.length();
        while (end > 0 && widthOf(text.substring(0, end) + CUT_OFF) > width) end = text.offsetByCodePoints(end, -1);
        return text.substring(0, end) + CUT_OFF;
    }
}
