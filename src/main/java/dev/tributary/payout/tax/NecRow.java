package dev.tributary.payout.tax;

import dev.tributary.page.Csv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Form 1099-NEC, with the whole taxpayer number: only ever streamed to who files it, never stored or logged.
 *
 * @param account how the payer knows the recipient, which tells two forms of one person apart
 * @param rail by which it was paid
 * @param compensation box 1, in cents
 * @param withheld box 4, in cents
 * @see <a href="https://www.irs.gov/pub/irs-pdf/f1099nec.pdf">Form 1099-NEC</a>
 */
public record NecRow(
        int year, Payer payer, Optional<W9> recipient, String account, String rail, long compensation, long withheld) {
    /** Who files: the program's company. */
    public record Payer(String name, String ein, PostalAddress address, String phone) {}

    /** The boxes by their names on the form. */
    public static final Csv<NecRow> CSV = new Csv<>(
            List.of(
                    "Form Type",
                    "Tax Year",
                    "Payer TIN",
                    "Payer Name",
                    "Payer Address Line 1",
                    "Payer Address Line 2",
                    "Payer City",
                    "Payer State",
                    "Payer ZIP Code",
                    "Payer Country",
                    "Payer Phone",
                    "Recipient TIN Type",
                    "Recipient TIN",
                    "Recipient Name",
                    "Recipient Second Name",
                    "Recipient Address Line 1",
                    "Recipient Address Line 2",
                    "Recipient City",
                    "Recipient State",
                    "Recipient ZIP Code",
                    "Recipient Country",
                    "Account Number",
                    "Box 1 Nonemployee Compensation",
                    "Box 4 Federal Income Tax Withheld",
                    "Rail"),
            NecRow::cells);

    private List<String> cells() {
        List<String> cells = new ArrayList<>(List.of("1099-NEC", Integer.toString(year), payer.ein(), payer.name()));
        cells.addAll(address(Optional.of(payer.address())));
        cells.add(payer.phone());
        cells.add(tin().map(tin -> tin.kind().word()).orElse(""));
        cells.add(tin().map(Tin::formatted).orElse(""));
        cells.add(recipient.map(W9::name).orElse(""));
        cells.add(recipient.map(W9::businessName).orElse(""));
        cells.addAll(address(recipient.map(W9::address)));
        cells.addAll(List.of(account, dollars(compensation), dollars(withheld), rail));
        return cells;
    }

    private Optional<Tin> tin() {
        return recipient.flatMap(W9::tin);
    }

    private static List<String> address(Optional<PostalAddress> address) {
        return address.map(a -> List.of(a.line1(), a.line2(), a.city(), a.region(), a.postalCode(), a.country()))
                .orElse(List.of("", "", "", "", "", ""));
    }

    static String dollars(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    /** Who it is about is said by the account alone: a whole taxpayer number stands in no log. */
    @Override
    public String toString() {
        return "1099-NEC of %s for %d".formatted(account, year);
    }
}
