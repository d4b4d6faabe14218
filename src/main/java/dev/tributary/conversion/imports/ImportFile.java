package dev.tributary.conversion.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tributary.job.JobFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A CSV file (RFC 4180, UTF-8, a header line) that is read row by row, however large it is. Fails the run where it is no such
 * file; a row that is only wrong is handed on as it is.
 */
final class ImportFile implements AutoCloseable {
    /** A row of many long cells; larger ones are a quote that was never closed. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final int MOST_SHOWN = 60;

    private final Counting bytes;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private long row;

    ImportFile(InputStream in) {
        bytes = new Counting(withoutMark(new BufferedInputStream(in, 1 << 16)));
        reader = CsvReader.builder()
                .maxBufferSize(MOST_CHARACTERS)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        records = reader.iterator();
        header = header();
    }

    /** Spreadsheets put a byte order mark before UTF-8. */
    private static InputStream withoutMark(InputStream in) {
        try {
            PushbackInputStream seen = new PushbackInputStream(in, 3);
            byte[] first = seen.readNBytes(3);
            boolean mark =
                    first.length == 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF;
            if (!mark) seen.unread(first);
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> header() {
        if (!hasNext()) throw new JobFailed("The file is empty");
        List<String> names = next().getFields().stream().map(String::strip).toList();
        List<String> unknown =
                names.stream().filter(name -> !ImportRow.COLUMNS.contains(name)).toList();
        if (!unknown.isEmpty())
            throw new JobFailed("There is no column %s; there are %s"
                    .formatted(
                            shown(unknown.get(0)),
                            String.join(
                                    ", ", ImportRow.COLUMNS.stream().sorted().toList())));
        if (!names.contains("externalId")) throw new JobFailed("The column externalId is missing");
        if (new HashSet<>(names).size() < names.size()) throw new JobFailed("A column is there twice");
        return names;
    }

    /** What stands in a message is short, and fit to be stored. */
    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
    }

    /** The next rows, at most so many; none at the end. */
    List<ImportRow> read(int limit) {
        List<ImportRow> rows = new ArrayList<>();
        while (rows.size() < limit && hasNext()) rows.add(row(next()));
        return rows;
    }

    private ImportRow row(CsvRecord csv) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < header.size(); i++)
            cells.put(header.get(i), i < csv.getFieldCount() ? csv.getField(i) : "");
        if (csv.getFieldCount() > header.size()) cells.put(ImportRow.MORE, "");
        return new ImportRow(++row, cells);
    }

    void skip(long rows) {
        while (row < rows && hasNext()) {
            next();
            row++;
        }
    }

    long bytesRead() {
        return bytes.read;
    }

    private boolean hasNext() {
        return reading(records::hasNext);
    }

    private CsvRecord next() {
        return reading(records::next);
    }

    /** Letters of another character set would be stored as others than they are, so they end it. */
    private <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (CsvParseException e) {
            throw new JobFailed("The file is no CSV after row " + row);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CharacterCodingException)) throw e;
            throw new JobFailed("The file is not UTF-8 after row " + row);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Counts what is read of it. */
    private static final class Counting extends java.io.FilterInputStream {
        private long read;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) read++;
            return one;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int some = super.read(to, from, length);
            if (some > 0) read += some;
            return some;
        }
    }
}
