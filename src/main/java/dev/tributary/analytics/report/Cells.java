package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What reports have in common as CSV; what there is none of is an empty cell. */
final class Cells {
    /** Rows in one piece of text: some 100 kB. */
    private static final int TOGETHER = 1_000;

    /** The names of a row of figures. */
    static final List<String> FIGURES = List.of(
            "clicks",
            "uniques",
            "leads",
            "sales",
            "repeatSales",
            "revenue",
            "refunds",
            "refunded",
            "churns",
            "commission",
            "commissions",
            "reversed",
            "paid",
            "currency");

    private Cells() {}

    static List<String> figures(ReportFigures row) {
        return List.of(
                Long.toString(row.clicks()),
                Long.toString(row.uniques()),
                Long.toString(row.leads()),
                Long.toString(row.sales()),
                Long.toString(row.repeatSales()),
                Long.toString(row.revenue().amount()),
                Long.toString(row.refunds()),
                Long.toString(row.refunded().amount()),
                Long.toString(row.churns()),
                Long.toString(row.commission().amount()),
                Long.toString(row.commissions()),
                Long.toString(row.reversed().amount()),
                Long.toString(row.paid().amount()),
                row.revenue().currency());
    }

    static List<String> join(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    static String number(@Nullable Long number) {
        return number == null ? "" : number.toString();
    }

    static String amount(@Nullable Money money) {
        return money == null ? "" : Long.toString(money.amount());
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static @Nullable Money money(@Nullable Long amount, String currency) {
        return amount == null ? null : new Money(amount, currency);
    }

    /** Piece by piece, so that the text of all rows is never in memory at once. */
    static <T> Multi<String> stream(Csv<T> csv, List<T> rows) {
        Stream<String> pieces = IntStream.iterate(0, at -> at < rows.size(), at -> at + TOGETHER)
                .mapToObj(at -> csv.rows(rows.subList(at, Math.min(rows.size(), at + TOGETHER))));
        return Multi.createFrom().items(Stream.concat(Stream.of(csv.header()), pieces));
    }
}
