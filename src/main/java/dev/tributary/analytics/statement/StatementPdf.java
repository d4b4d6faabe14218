package dev.tributary.analytics.statement;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfWriter;
import dev.tributary.money.Written;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.librepdf.openpdf.fonts.Liberation;

/** A statement on paper: A4, sums for each currency, then the entries. It blocks: some 100 ms for the most there can be. */
final class StatementPdf {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final float MARGIN = 42;
    private static final Color HEAD = new Color(0xEE, 0xEE, 0xEE);

    private final Statement statement;
    private final ZoneId zone;
    private final Fonts fonts = new Fonts();
    private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);

    private StatementPdf(Statement statement) {
        this.statement = statement;
        zone = ZoneId.of(statement.timeZone());
    }

    /** Fonts that go into the document, because those of every reader know western letters only. */
    private static final class Fonts {
        private final Font title = of(16, true);
        private final Font strong = of(9, true);
        private final Font plain = of(9, false);
        private final Font small = of(7.5f, false);

        private static Font of(float size, boolean strong) {
            try {
                Font font = (strong ? Liberation.SANS_BOLD : Liberation.SANS).create();
                font.setSize(size);
                return font;
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    static byte[] write(Statement statement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatementPdf pdf = new StatementPdf(statement);
        PdfWriter writer = PdfWriter.getInstance(pdf.document, out);
        writer.setPageEvent(pdf.new Footer());
        pdf.document.addTitle("Statement " + statement.month());
        pdf.document.setDocumentLanguage("en");
        pdf.document.open();
        pdf.head();
        statement.currencies().forEach(pdf::sums);
        pdf.entries();
        pdf.document.close();
        return out.toByteArray();
    }

    private void head() {
        Paragraph title =
                new Paragraph("Statement " + YearMonth.parse(statement.month()).format(MONTH), fonts.title);
        title.setSpacingAfter(8);
        document.add(title);
        line("Affiliate: %s (%s)".formatted(statement.affiliateName(), statement.affiliateId()));
        line("Program: %s (%s)".formatted(statement.programName(), statement.programId()));
        line("From %s until %s, %s"
                .formatted(
                        TIME.format(statement.from().atZone(zone)),
                        TIME.format(statement.to().atZone(zone)),
                        statement.timeZone()));
        if (!statement.closed()) line("This month is not over: figures are as of now.");
    }

    private void line(String text) {
        document.add(new Paragraph(text, fonts.plain));
    }

    private void sums(Statement.Part part) {
        PdfPTable table = table(3, 2, 2, 2, 2);
        head(table, part.currency(), "Pending", "Available", "In transit", "Total");
        sum(table, "Opening", part.currency(), part.opening(), fonts.strong);
        for (Statement.Movement each : part.movements())
            sum(table, "%s (%d)".formatted(each.kind(), each.entries()), part.currency(), each.change(), fonts.plain);
        sum(table, "Closing", part.currency(), part.closing(), fonts.strong);
        document.add(table);
    }

    private void sum(PdfPTable table, String name, String currency, Holdings held, Font font) {
        text(table, name, font);
        for (long amount : amounts(held)) number(table, amount, currency, font);
    }

    private void entries() {
        if (statement.entries().isEmpty()) return;
        PdfPTable table = table(3, 2, 5, 2, 2, 2);
        head(table, "Booked", "Kind", "For", "Pending", "Available", "In transit");
        table.setHeaderRows(1);
        for (StatementEntry each : statement.entries()) {
            text(table, TIME.format(each.bookedAt().atZone(zone)), fonts.small);
            text(table, each.kind(), fonts.small);
            String memo = each.memo().isEmpty() ? "" : each.memo() + "\n";
            text(table, memo + each.sourceId(), fonts.small);
            Holdings change = each.change();
            for (long amount : List.of(change.pending(), change.available(), change.inTransit()))
                number(table, amount, each.currency(), fonts.small);
        }
        document.add(table);
        if (statement.truncated())
            line("There are more entries than these: the CSV of this statement has all of them.");
    }

    private static PdfPTable table(float... widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSpacingBefore(12);
        table.setSpacingAfter(6);
        return table;
    }

    private void head(PdfPTable table, String... names) {
        Stream.of(names).forEach(name -> {
            PdfPCell cell = new PdfPCell(new Phrase(name, fonts.strong));
            cell.setBackgroundColor(HEAD);
            table.addCell(cell);
        });
    }

    private static void text(PdfPTable table, String text, Font font) {
        table.addCell(new PdfPCell(new Phrase(text, font)));
    }

    private static void number(PdfPTable table, long amount, String currency, Font font) {
        String text = amount == 0 ? "" : Written.of(amount, currency);
        PdfPCell cell = new PdfPCell(new Phrase(text, font));
        cell.setHorizontalAlignment(Element.ALIGN_RIGHT);
        table.addCell(cell);
    }

    private static List<Long> amounts(Holdings held) {
        return List.of(held.pending(), held.available(), held.inTransit(), held.total());
    }

    /** The number of each page. */
    private final class Footer extends PdfPageEventHelper {
        @Override
        public void onEndPage(PdfWriter writer, Document page) {
            Phrase text = new Phrase(
                    "%s, %s, page %d".formatted(statement.affiliateId(), statement.month(), writer.getPageNumber()),
                    fonts.small);
            ColumnText.showTextAligned(
                    writer.getDirectContent(), Element.ALIGN_RIGHT, text, page.right(), page.bottom() - 18, 0);
        }
    }
}
