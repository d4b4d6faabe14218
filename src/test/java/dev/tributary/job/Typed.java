package dev.tributary.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A command as somebody types it, run within the test's process: its exit code and what it printed. */
public record Typed(int exitCode, List<String> lines, String error) {
    /** The application is the test's bean, for it knows the jobs. */
    public static Typed run(CommandLineApplication application, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = application
                .commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Typed(code, out.toString().lines().toList(), err.toString());
    }
}
