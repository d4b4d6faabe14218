package dev.tributary.payout.rail.manual.nacha;

import static dev.tributary.payout.rail.manual.nacha.NachaText.digits;
import static dev.tributary.payout.rail.manual.nacha.NachaText.left;
import static dev.tributary.payout.rail.manual.nacha.NachaText.plain;

import dev.tributary.payout.rail.manual.nacha.NachaEntry.Holder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of credits as US banks take it: records of 94 characters in blocks of ten, at most one batch for people (PPD) and one
 * for companies (CCD), each with its counts, sums and hash of bank numbers.
 *
 * <p>A file has no idempotency: it is made once, kept, and the same bytes are served for ever.
 *
 * @param text records ending in a line feed, the last too
 * @param traces of the entries, in their order: what a return names
 * @see <a href="https://moov-io.github.io/ach/file-structure/">file structure</a>
 */
public record NachaFile(String text, List<String> traces) {
    /** About a megabyte; 26 files a day are 260,000 payouts. */
    public static final int MOST_ENTRIES = 10_000;
    /** Of the numbers that follow the bank's own in a trace. They rise within a file, so one that would not fit begins anew. */
    public static final int TRACES = 10_000_000;

    private static final int WIDTH = 94;
    private static final int BLOCK = 10;
    private static final long HASH = 10_000_000_000L;
    private static final String CREDITS_ONLY = "220";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmm");

    public NachaFile {
        traces = List.copyOf(traces);
    }

    /**
     * @param at when it is made, at the bank
     * @param modifier A to Z: which file of that day it is
     * @param effective the banking day on which payees are to have it
     * @param firstTrace from 0; each entry takes the next, and the last stays below {@link #TRACES}
     */
    public static NachaFile of(
            NachaOriginator from,
            LocalDateTime at,
            char modifier,
            LocalDate effective,
            int firstTrace,
            List<NachaEntry> entries) {
        if (entries.isEmpty() || entries.size() > MOST_ENTRIES)
            throw new IllegalArgumentException("A file has 1 to " + MOST_ENTRIES + " entries");
        if (modifier < 'A' || modifier > 'Z') throw new IllegalArgumentException("Files of a day are A to Z");
        if (firstTrace < 0 || firstTrace > TRACES - entries.size())
            throw new IllegalArgumentException("Traces end at " + TRACES);
        Writer writer = new Writer(from, effective, firstTrace, entries);
        writer.record("101 " + from.bank().digits() + fileOrigin(from) + DAY.format(at) + TIME.format(at) + modifier
                + "094101" + left(plain(from.bankName()), 23) + left(plain(from.name()), 23) + left("", 8));
        for (Holder holder : Holder.values()) writer.batch(holder);
        return writer.end();
    }

    private static String fileOrigin(NachaOriginator from) {
        return " ".repeat(10 - from.fileId().length()) + from.fileId();
    }

    /** What is counted and summed of a batch and of the whole file. */
    private record Totals(int entries, long hash, long cents) {
        static final Totals NONE = new Totals(0, 0, 0);

        Totals and(NachaEntry entry) {
            long bank = Long.parseLong(entry.bank().bank());
            return new Totals(entries + 1, (hash + bank) % HASH, cents + entry.cents());
        }

        Totals and(Totals other) {
            return new Totals(entries + other.entries, (hash + other.hash) % HASH, cents + other.cents);
        }
    }

    /** Writes one file from top to bottom. */
    private static final class Writer {
        private final NachaOriginator from;
        private final LocalDate effective;
        private final int firstTrace;
        private final List<NachaEntry> entries;
        private final StringBuilder text = new StringBuilder();
        private final String[] traces;
        private Totals all = Totals.NONE;
        private int records;
        private int batches;

        Writer(NachaOriginator from, LocalDate effective, int firstTrace, List<NachaEntry> entries) {
            this.from = from;
            this.effective = effective;
            this.firstTrace = firstTrace;
            this.entries = entries;
            traces = new String[entries.size()];
        }

        void record(String record) {
            if (record.length() != WIDTH) throw new IllegalStateException("A record has 94 characters");
            text.append(record).append('\n');
            records++;
        }

        void batch(Holder holder) {
            if (entries.stream().noneMatch(each -> each.holder() == holder)) return;
            batches++;
            record("5" + CREDITS_ONLY + left(plain(from.companyName()), 16) + left("", 20) + companyId()
                    + holder.entryClass + left(plain(from.description()), 10) + DAY.format(effective)
                    + DAY.format(effective) + left("", 3) + "1" + from.bank().bank() + digits(batches, 7));
            Totals totals = Totals.NONE;
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).holder() != holder) continue;
                totals = totals.and(entries.get(i));
                traces[i] = from.bank().bank() + digits(firstTrace + totals.entries() + all.entries() - 1, 7);
                entry(entries.get(i), traces[i]);
            }
            record("8" + CREDITS_ONLY + digits(totals.entries(), 6) + digits(totals.hash(), 10) + digits(0, 12)
                    + digits(totals.cents(), 12) + companyId() + left("", 25)
                    + from.bank().bank() + digits(batches, 7));
            all = all.and(totals);
        }

        private String companyId() {
            return left(plain(from.companyId()), 10);
        }

        private void entry(NachaEntry entry, String trace) {
            String name = plain(entry.name());
            record("6" + entry.kind().credit + entry.bank().bank()
                    + entry.bank().check() + left(entry.account(), 17)
                    + digits(entry.cents(), 10) + left(entry.reference(), 15)
                    + left(name.isEmpty() ? entry.reference() : name, 22) + "  0" + trace);
        }

        NachaFile end() {
            int blocks = (records + 1 + BLOCK - 1) / BLOCK;
            record("9" + digits(batches, 6) + digits(blocks, 6) + digits(all.entries(), 8) + digits(all.hash(), 10)
                    + digits(0, 12) + digits(all.cents(), 12) + left("", 39));
            while (records < blocks * BLOCK) record("9".repeat(WIDTH));
            return new NachaFile(text.toString(), new ArrayList<>(List.of(traces)));
        }
    }
}
