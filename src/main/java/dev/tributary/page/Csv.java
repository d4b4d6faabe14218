package dev.tributary.page;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;

/**
 * How a list looks as CSV (RFC 4180, UTF-8, CRLF, a header line).
 *
 * <p>A cell that a spreadsheet would run as a formula gets an apostrophe before it: those that begin with {@code = + - @},
 * a tab or a line break, as OWASP advises; plain negative numbers stay numbers.
 */
public record Csv<T>(List<String> columns, Function<T, List<String>> cells) {
    public Csv {
        columns = List.copyOf(columns);
    }

    /** The same of other rows, each shown as one of these. */
    public <S> Csv<S> of(Function<S, T> shown) {
        return new Csv<>(columns, row -> cells.apply(shown.apply(row)));
    }

    /** All rows, which must be few. */
    public String whole(List<T> rows) {
        return header() + rows(rows);
    }

    /** The first line, where the rows come later. */
    public String header() {
        return line(List.of(columns));
    }

    /** Further rows. */
    public String rows(List<T> rows) {
        return line(rows.stream().map(cells).toList());
    }

    private static String line(List<List<String>> rows) {
        StringWriter out = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
            rows.forEach(
                    row -> writer.writeRecord(row.stream().map(Csv::harmless).toList()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString();
    }

    static String harmless(String cell) {
        if (cell.isEmpty()) return cell;
        char first = cell.charAt(0);
        boolean formula = "=+-@\t\r\n＝＋－＠".indexOf(first) >= 0;
        return formula && !cell.matches("-[0-9]+(\\.[0-9]+)?") ? "'" + cell : cell;
    }
}
