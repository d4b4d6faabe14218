package dev.tributary.payout.rail.manual.nacha;

import dev.tributary.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A bank's file of returns and corrections, read whole or not at all: where its counts or sums do not hold, somebody cut it or
 * changed it.
 *
 * <p>Records of 94 characters, with or without line ends. Each entry is followed by an addenda record of type 99 (returned) or
 * 98 (correction) that names the trace of ours.
 */
public record NachaReturnFile(List<NachaReturn> returns) {
    /** A hundred thousand records: more than all files of a busy day came to. */
    public static final int MOST_CHARACTERS = 10_000_000;

    private static final int WIDTH = 94;

    public NachaReturnFile {
        returns = List.copyOf(returns);
    }

    /** Throws a problem that names the record where it stops making sense. */
    public static NachaReturnFile read(String text) {
        if (text.length() > MOST_CHARACTERS)
            throw refused(0, "too_large", "A file has at most " + MOST_CHARACTERS + " characters");
        List<String> records = records(text);
        Reader reader = new Reader();
        for (int i = 0; i < records.size(); i++) reader.next(i + 1, records.get(i));
        return reader.end(records.size());
    }

    private static List<String> records(String text) {
        List<String> records = new ArrayList<>();
        String[] lines = text.split("\r\n|\n|\r");
        for (int n = 0; n < lines.length; n++) {
            String line = lines[n];
            if (line.isBlank()) continue;
            // some banks cut the blanks at the end of a line
            if (line.length() < WIDTH) line = NachaText.left(line, WIDTH);
            if (line.length() % WIDTH != 0)
                throw refused(records.size() + 1, "malformed", "A record has " + WIDTH + " characters");
            for (int at = 0; at < line.length(); at += WIDTH) records.add(line.substring(at, at + WIDTH));
        }
        return records;
    }

    private static Problem refused(int record, String code, String message) {
        return Problem.field(record == 0 ? "file" : "file[" + record + "]", code, message);
    }

    /** Keeps the sums of a batch and of the file beside what it reads. */
    private static final class Reader {
        private static final long HASH = 10_000_000_000L;

        private final List<NachaReturn> returns = new ArrayList<>();
        private int at;
        private String entry = "";
        private long batchHash;
        private long batchCents;
        private int batchCount;
        private long fileHash;
        private long fileCents;
        private int fileCount;
        private boolean headed;
        private boolean inBatch;
        private boolean ended;

        void next(int number, String record) {
            at = number;
            char type = record.charAt(0);
            require(headed == (type != '1'), "A file begins with one header");
            if (ended) {
                require(record.equals("9".repeat(WIDTH)), "Nothing follows the file's control record");
                return;
            }
            switch (type) {
                case '1' -> headed = true;
                case '5' -> batch();
                case '6' -> entry(record);
                case '7' -> addenda(record);
                case '8' -> batchControl(record);
                case '9' -> fileControl(record);
                default -> throw refused(at, "malformed", "No record begins with " + printable(type));
            }
        }

        private static String printable(char type) {
            return Character.isLetterOrDigit(type) ? String.valueOf(type) : "that";
        }

        private void batch() {
            require(!inBatch, "A batch begins before the last has ended");
            inBatch = true;
            batchHash = 0;
            batchCents = 0;
            batchCount = 0;
        }

        private void entry(String record) {
            require(inBatch && entry.isEmpty(), "An entry stands in a batch, after the last one's addenda");
            entry = record;
            batchHash = (batchHash + number(record, 3, 11)) % HASH;
            batchCents += number(record, 29, 39);
            batchCount++;
        }

        private void addenda(String record) {
            require(!entry.isEmpty(), "Addenda follow an entry");
            String kind = record.substring(1, 3);
            String code = record.substring(3, 6);
            require(
                    kind.equals("99") && code.matches("R[0-9]{2}") || kind.equals("98") && code.matches("C[0-9]{2}"),
                    "Addenda are of type 99 with R and two digits, or 98 with C and two digits");
            String trace = record.substring(6, 21);
            require(trace.matches("[0-9]{15}"), "The trace of the first entry has 15 digits");
            String reference = entry.substring(39, 54).strip();
            String information = record.substring(35, 79).strip();
            returns.add(new NachaReturn(trace, code, number(entry, 29, 39), reference, information));
            entry = "";
            batchCount++;
        }

        private void batchControl(String record) {
            require(inBatch && entry.isEmpty(), "A batch ends after the last entry's addenda");
            require(number(record, 4, 10) == batchCount, "The batch has another number of entries than it says");
            require(number(record, 10, 20) == batchHash, "The batch has another hash than it says");
            require(
                    number(record, 20, 32) + number(record, 32, 44) == batchCents,
                    "The batch has another sum than it says");
            inBatch = false;
            fileHash = (fileHash + batchHash) % HASH;
            fileCents += batchCents;
            fileCount += batchCount;
        }

        private void fileControl(String record) {
            require(!inBatch, "The last batch has no end");
            require(number(record, 13, 21) == fileCount, "The file has another number of entries than it says");
            require(number(record, 21, 31) == fileHash, "The file has another hash than it says");
            require(
                    number(record, 31, 43) + number(record, 43, 55) == fileCents,
                    "The file has another sum than it says");
            ended = true;
        }

        private long number(String record, int from, int to) {
            String text = record.substring(from, to).strip();
            require(text.matches("[0-9]{1,12}"), "Characters %d to %d are digits".formatted(from + 1, to));
            return Long.parseLong(text);
        }

        private void require(boolean holds, String message) {
            if (!holds) throw refused(at, "malformed", message);
        }

        NachaReturnFile end(int records) {
            at = records;
            require(ended, "The file has no control record: it is cut");
            return new NachaReturnFile(returns);
        }
    }
}
