package dev.tributary.payout.own;

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
import dev.tributary.money.Money;
import dev.tributary.money.Written;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librepdf.openpdf.fonts.Liberation;

/** A receipt on paper: A4, how the payout is divided, then the commissions that it is for. It blocks for some 100 ms. */
final class ReceiptPdf {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final float MARGIN = 42;
    private static final Color HEAD = new Color(0xEE, 0xEE, 0xEE);

    private final Receipt receipt;
    private final OwnPayoutView payout;
    private final Font title = font(16, true);
    private final Font strong = font(9, true);
    private final Font plain = font(9, false);
    private final Font small = font(7.5f, false);
    private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);

    private ReceiptPdf(Receipt receipt) {
        this.receipt = receipt;
        payout = receipt.payout();
    }

    /** It goes into the document, because those of every reader know western letters only. */
    private static Font font(float size, boolean strong) {
        try {
            Font font = (strong ? Liberation.SANS_BOLD : Liberation.SANS).create();
            font.setSize(size);
            return font;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static byte[] write(Receipt receipt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReceiptPdf pdf = new ReceiptPdf(receipt);
        PdfWriter.getInstance(pdf.document, out).setPageEvent(pdf.new Footer());
        pdf.document.addTitle("Receipt " + receipt.payout().id());
        pdf.document.setDocumentLanguage("en");
        pdf.document.open();
        pdf.head();
        pdf.sums();
        pdf.lines();
        pdf.document.close();
        return out.toByteArray();
    }

    private void head() {
        Paragraph heading = new Paragraph("Payout receipt", title);
        heading.setSpacingAfter(8);
        document.add(heading);
        line("Payout: " + payout.id());
        line("Paid to: %s (%s)".formatted(receipt.parties().affiliate(), receipt.affiliateId()));
        line("Paid by: %s (%s)".formatted(receipt.parties().program(), payout.programId()));
        line("Paid on %s, %s, by %s %s"
                .formatted(
                        time(payout.paidAt()),
                        receipt.parties().timeZone(),
                        payout.rail(),
                        Objects.toString(payout.destination(), "")));
        if (payout.returned().amount() > 0)
            line("Of what was sent, %s came back since.".formatted(amount(payout.returned())));
    }

    private void line(String text) {
        document.add(new Paragraph(text, plain));
    }

    private void sums() {
        PdfPTable table = table(4, 2);
        head(table, "", payout.gross().currency());
        sum(table, "Earned", payout.gross(), plain);
        sum(table, "Fee", negative(payout.fee()), plain);
        sum(table, "Withheld tax", negative(payout.withheld()), plain);
        sum(table, "Sent", payout.net(), strong);
        document.add(table);
    }

    private void sum(PdfPTable table, String name, Money money, Font font) {
        text(table, name, font);
        number(table, money, font);
    }

    private static Money negative(Money money) {
        return new Money(-money.amount(), money.currency());
    }

    private void lines() {
        Breakdown breakdown = receipt.breakdown();
        PdfPTable table = table(4.5f, 2.5f, 4.5f, 2.6f, 1.9f);
        head(
                table,
                "Commission",
                "For",
                "Conversion",
                "Earned on",
                payout.gross().currency());
        table.setHeaderRows(1);
        for (PayoutLine each : breakdown.lines()) {
            text(table, each.commissionId(), small);
            text(table, each.rule(), small);
            text(table, Objects.toString(each.conversionId(), ""), small);
            text(table, time(each.earnedAt()), small);
            number(table, each.amount(), small);
        }
        carried(table, breakdown);
        document.add(table);
        if (breakdown.truncated()) line("There are more commissions than these: the payout's CSV has all of them.");
    }

    private void carried(PdfPTable table, Breakdown breakdown) {
        if (breakdown.carried().amount() != 0) {
            text(table, "Carried over from before", small);
            for (int i = 0; i < 3; i++) text(table, "", small);
            number(table, breakdown.carried(), small);
        }
        text(table, "%d commissions".formatted(breakdown.commissions()), strong);
        for (int i = 0; i < 3; i++) text(table, "", strong);
        number(table, payout.gross(), strong);
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
            PdfPCell cell = new PdfPCell(new Phrase(name, strong));
            cell.setBackgroundColor(HEAD);
            table.addCell(cell);
        });
    }

    private static void text(PdfPTable table, String text, Font font) {
        table.addCell(new PdfPCell(new Phrase(text, font)));
    }

    private static void number(PdfPTable table, Money money, Font font) {
        PdfPCell cell = new PdfPCell(new Phrase(Written.of(money.amount(), money.currency()), font));
        cell.setHorizontalAlignment(Element.ALIGN_RIGHT);
        table.addCell(cell);
    }

    private static String amount(Money money) {
        return Written.of(money.amount(), money.currency()) + " " + money.currency();
    }

    private String time(@Nullable Instant moment) {
        return moment == null ? "" : TIME.format(moment.atZone(receipt.zone()));
    }

    /** The number of each page. */
    private final class Footer extends PdfPageEventHelper {
        @Override
        public void onEndPage(PdfWriter writer, Document page) {
            Phrase text = new Phrase("%s, page %d".formatted(payout.id(), writer.getPageNumber()), small);
            ColumnText.showTextAligned(
                    writer.getDirectContent(), Element.ALIGN_RIGHT, text, page.right(), page.bottom() - 18, 0);
        }
    }
}
