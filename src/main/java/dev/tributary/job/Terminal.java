package dev.tributary.job;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run to whoever started it: its lines on the standard output, its progress on the error output, as a bar on a
 * terminal and else as a line for each tenth, or every ten seconds where the total is not known.
 */
final class Terminal implements RunListener {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private long shownAt = System.nanoTime();
    private long shownTenth;
    private boolean drawn;

    Terminal(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Since Java 22 a console may be there without a terminal; it then says so itself. */
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) return false;
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void line(String line) {
        end();
        out.println(line);
    }

    @Override
    public void progress(long done, @Nullable Long total) {
        if (terminal) draw(done, total);
        else print(done, total);
    }

    private void draw(long done, @Nullable Long total) {
        boolean whole = total != null && done >= total;
        if (!whole && drawn && System.nanoTime() - shownAt < REDRAW_NANOS) return;
        shownAt = System.nanoTime();
        drawn = true;
        err.print("\r" + bar(done, total));
        err.flush();
    }

    static String bar(long done, @Nullable Long total) {
        if (total == null || total == 0) return String.format(Locale.ROOT, "%,d done", done);
        long full = Math.min(WIDTH, done * WIDTH / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %% %,d of %,d",
                "#".repeat((int) full),
                ".".repeat((int) (WIDTH - full)),
                Math.min(100, done * 100 / total),
                done,
                total);
    }

    private void print(long done, @Nullable Long total) {
        long tenth = total == null || total == 0 ? 0 : Math.min(10, done * 10 / total);
        boolean late = total == null && System.nanoTime() - shownAt >= LINE_NANOS;
        if (tenth <= shownTenth && !late) return;
        shownTenth = tenth;
        shownAt = System.nanoTime();
        err.println(total == null ? "%d done".formatted(done) : "%d of %d done".formatted(done, total));
    }

    /** Leaves a drawn bar's line. */
    void end() {
        if (drawn) err.println();
        drawn = false;
    }
}
