package dev.tributary.job;

/** What a command tells whoever started it. Documented in docs/jobs.md. */
final class ExitCode {
    static final int DONE = 0;
    /** The run failed; its record and the lines before say why. */
    static final int FAILED = 1;
    /** No such job or option. */
    static final int USAGE = 2;
    /** Nothing was begun: another run goes on, or PostgreSQL does not answer. {@code EX_TEMPFAIL} of sysexits.h. */
    static final int TRY_LATER = 75;

    private ExitCode() {}
}
