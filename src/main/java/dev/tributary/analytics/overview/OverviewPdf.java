package dev.tributary.analytics.overview;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import dev.tributary.analytics.figure.FigureQueries.Named;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.id.TypeId;
import dev.tributary.money.Written;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** An overview on paper: A4, two or three pages, charts drawn as lines. It blocks for some 100 ms. */
final class OverviewPdf {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final float MARGIN = 42;
    private static final float WIDTH = PageSize.A4.getWidth() - 2 * MARGIN;
    private static final float TREND = 120;
    private static final Color HEAD = new Color(0xEE, 0xEE, 0xEE);

    private final OverviewFigures shown;
    private final String currency;
    private final Font title = Sheet.font(16, true, Sheet.INK);
    private final Font heading = Sheet.font(11, true, Sheet.INK);
    private final Font strong = Sheet.font(9, true, Sheet.INK);
    private final Font plain = Sheet.font(9, false, Sheet.INK);
    private final Font small = Sheet.font(Sheet.SMALL, false, Sheet.GREY);
    private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PdfWriter writer = PdfWriter.getInstance(document, out);

    private OverviewPdf(OverviewFigures shown) {
        this.shown = shown;
        currency = shown.subject().currency();
    }

    static byte[] write(OverviewFigures shown) {
        OverviewPdf pdf = new OverviewPdf(shown);
        pdf.writer.setPageEvent(pdf.new Footer());
        pdf.document.addTitle("Overview " + pdf.period());
        pdf.document.setDocumentLanguage("en");
        pdf.document.open();
        pdf.head();
        pdf.sums();
        pdf.trend("Clicks by day", pdf.shown.each(Figures::clicks), OverviewPdf::number);
        pdf.trend("Sales by day", pdf.shown.each(Figures::sales), OverviewPdf::number);
        pdf.trend("Revenue by day, " + pdf.currency, pdf.shown.each(Figures::revenue), pdf::money);
        pdf.funnel();
        pdf.sources();
        pdf.top();
        pdf.document.close();
        return pdf.out.toByteArray();
    }

    private String period() {
        return "%s to %s".formatted(shown.period().from(), shown.period().to().minusDays(1));
    }

    private void head() {
        Paragraph name = new Paragraph("Overview " + period(), title);
        name.setSpacingAfter(8);
        document.add(name);
        line("Program: %s (%s)"
                .formatted(shown.subject().program(), shown.subject().publicProgramId()));
        shown.subject()
                .one()
                .ifPresent(me ->
                        line("Affiliate: %s (%s)".formatted(me.name(), TypeId.AFFILIATE.format(me.affiliateId()))));
        line("Days of %s, as of %s"
                .formatted(
                        shown.subject().zone().getId(),
                        TIME.format(shown.asOf().atZone(shown.subject().zone()))));
    }

    private void line(String text) {
        document.add(new Paragraph(text, plain));
    }

    private void sums() {
        PdfPTable table = table(3, 2, 2, 2);
        head(table, "", "These days", "As many before", "Change");
        Figures now = shown.now();
        Figures before = shown.before();
        sum(table, "Clicks", now.clicks(), before.clicks(), OverviewPdf::number);
        sum(table, "Unique visitors", now.uniques(), before.uniques(), OverviewPdf::number);
        sum(table, "Leads", now.leads(), before.leads(), OverviewPdf::number);
        sum(table, "Sales", now.sales(), before.sales(), OverviewPdf::number);
        sum(table, "Conversion rate", now.conversionRateBps(), before.conversionRateBps(), OverviewPdf::percent);
        sum(table, "Revenue, " + currency, now.revenue(), before.revenue(), this::money);
        sum(table, "Refunded, " + currency, now.refunded(), before.refunded(), this::money);
        sum(table, "Commissions, " + currency, now.commission(), before.commission(), this::money);
        sum(table, "Paid out, " + currency, now.paid(), before.paid(), this::money);
        document.add(table);
    }

    private void sum(PdfPTable table, String name, long now, long before, LongFunction<String> written) {
        cell(table, name, Element.ALIGN_LEFT);
        cell(table, written.apply(now), Element.ALIGN_RIGHT);
        cell(table, written.apply(before), Element.ALIGN_RIGHT);
        cell(table, change(now, before), Element.ALIGN_RIGHT);
    }

    static String change(long now, long before) {
        if (before == 0) return now == 0 ? "" : "new";
        long percent = Math.round((now / (double) before - 1) * 100);
        return String.format(Locale.ROOT, percent == 0 ? "%,d %%" : "%+,d %%", percent);
    }

    private void trend(String name, List<Long> values, LongFunction<String> written) {
        boolean nothing = values.stream().allMatch(value -> value == 0);
        if (nothing) empty(name);
        else chart(name, TREND, new Trend(shown.dates(), values, written)::draw);
    }

    private void funnel() {
        Figures now = shown.now();
        if (now.clicks() + now.leads() + now.sales() == 0) {
            empty("From click to sale");
            return;
        }
        List<Bars.Bar> steps = List.of(
                step("Clicks", now.clicks(), 0),
                step("Unique visitors", now.uniques(), now.clicks()),
                step("Leads", now.leads(), now.uniques()),
                step("Sales", now.sales(), now.uniques()),
                step("Repeat sales", now.repeatSales(), now.sales()));
        chart("From click to sale; in brackets, of the step that it comes from", Bars.height(5), new Bars(steps)::draw);
    }

    private static Bars.Bar step(String name, long count, long of) {
        String share = of == 0 ? "" : " (%s)".formatted(percent(Math.round(count * 10_000.0 / of)));
        return new Bars.Bar(name, count, number(count) + share);
    }

    private void sources() {
        String name = "Sources by revenue, " + currency;
        if (shown.sources().isEmpty()) {
            empty(name);
            return;
        }
        List<Bars.Bar> bars = shown.sources().stream()
                .map(part -> new Bars.Bar(
                        part.value().isEmpty() ? "(no source tag)" : part.value(),
                        part.figures().revenue(),
                        "%s, %s sales"
                                .formatted(
                                        money(part.figures().revenue()),
                                        number(part.figures().sales()))))
                .toList();
        chart(name, Bars.height(bars.size()), new Bars(bars)::draw);
    }

    private void top() {
        if (shown.top().isEmpty()) return;
        boolean own = shown.subject().one().isPresent();
        Paragraph name = new Paragraph(own ? "Links" : "Affiliates", heading);
        name.setSpacingBefore(14);
        document.add(name);
        PdfPTable table = table(4, 1.5f, 1.5f, 1.5f, 2, 2);
        head(table, own ? "Code" : "Name", "Clicks", "Leads", "Sales", "Revenue", "Commissions");
        table.setHeaderRows(1);
        for (Named each : shown.top()) {
            Figures f = each.figures();
            cell(table, each.name(), Element.ALIGN_LEFT);
            for (long count : new long[] {f.clicks(), f.leads(), f.sales()})
                cell(table, number(count), Element.ALIGN_RIGHT);
            cell(table, money(f.revenue()), Element.ALIGN_RIGHT);
            cell(table, money(f.commission()), Element.ALIGN_RIGHT);
        }
        document.add(table);
    }

    /** A heading and a chart, which stay together. */
    private void chart(String name, float height, Consumer<Sheet> drawing) {
        PdfTemplate paper = writer.getDirectContent().createTemplate(WIDTH, height);
        drawing.accept(new Sheet(paper));
        PdfPTable frame = framed(name);
        PdfPCell cell = new PdfPCell(Image.getInstance(paper), false);
        cell.setBorder(PdfPCell.NO_BORDER);
        cell.setPadding(0);
        frame.addCell(cell);
        document.add(frame);
    }

    private void empty(String name) {
        PdfPTable frame = framed(name);
        PdfPCell cell = new PdfPCell(new Phrase("Nothing in these days.", small));
        cell.setBorder(PdfPCell.NO_BORDER);
        cell.setPadding(0);
        frame.addCell(cell);
        document.add(frame);
    }

    private PdfPTable framed(String name) {
        PdfPTable frame = new PdfPTable(1);
        frame.setWidthPercentage(100);
        frame.setKeepTogether(true);
        frame.setSpacingBefore(14);
        PdfPCell cell = new PdfPCell(new Phrase(name, heading));
        cell.setBorder(PdfPCell.NO_BORDER);
        cell.setPaddingLeft(0);
        cell.setPaddingBottom(6);
        frame.addCell(cell);
        return frame;
    }

    private static PdfPTable table(float... widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSpacingBefore(10);
        return table;
    }

    private void head(PdfPTable table, String... names) {
        Stream.of(names).forEach(name -> {
            PdfPCell cell = new PdfPCell(new Phrase(name, strong));
            cell.setBackgroundColor(HEAD);
            table.addCell(cell);
        });
    }

    private void cell(PdfPTable table, String text, int alignment) {
        PdfPCell cell = new PdfPCell(new Phrase(text, plain));
        cell.setHorizontalAlignment(alignment);
        table.addCell(cell);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String percent(long bps) {
        return String.format(Locale.ROOT, "%,.1f %%", bps / 100.0);
    }

    private String money(long minor) {
        return Written.of(minor, currency);
    }

    /** The number of each page. */
    private final class Footer extends PdfPageEventHelper {
        @Override
        public void onEndPage(PdfWriter at, Document page) {
            Phrase text = new Phrase("%s, page %d".formatted(period(), at.getPageNumber()), small);
            ColumnText.showTextAligned(
                    at.getDirectContent(), Element.ALIGN_RIGHT, text, page.right(), page.bottom() - 18, 0);
        }
    }
}
