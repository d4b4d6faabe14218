package dev.tributary.conversion.imports;

import dev.tributary.conversion.imports.ImportRecord.State;
import dev.tributary.conversion.track.TrackRow;
import dev.tributary.id.Ids;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.postgres.Transactions;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Imports conversions from CSV: what was uploaded, or with {@code --file} a file of this machine, of any size. */
@ApplicationScoped
class ImportJob implements Job {
    private static final String FILE = "file";
    private static final String PROGRAM = "program";
    private static final Duration ANSWER = Transactions.DEADLINE.plusSeconds(2);
    /** Each takes a transaction's whole deadline, so they are some 12 seconds. */
    private static final int MOST_ATTEMPTS = 5;
    /** Lines about rows of a rehearsal; the rest is counted. */
    private static final int MOST_LINES = 50;

    private final ImportRepository repository;
    private final Imports imports;
    private final Programs programs;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    ImportJob(
            ImportRepository repository,
            Imports imports,
            Programs programs,
            Transactions transactions,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.imports = imports;
        this.programs = programs;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "import-conversions";
    }

    @Override
    public String description() {
        return "Imports conversions from CSV: uploads that wait, or a file";
    }

    /** An upload begins by itself; this finds those whose process died. */
    @Override
    public String schedule() {
        return "every 1m";
    }

    /** Some hundred million rows. */
    @Override
    public Duration deadline() {
        return Duration.ofHours(24);
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                new JobOption(FILE, "CSV", "The file; what was uploaded unless given", false),
                new JobOption(PROGRAM, "ID", "The program of the file: its id or slug", false));
    }

    @Override
    public void run(JobRun run) throws IOException {
        Optional<String> file = run.option(FILE);
        if (file.isPresent()) file(run, Path.of(file.get()));
        else uploads(run);
    }

    private void uploads(JobRun run) throws IOException {
        if (run.dryRun()) {
            run.report(read(repository::next).isPresent() ? "There are uploads that wait" : "No upload waits");
            return;
        }
        for (Optional<ImportRecord> next = read(repository::next); next.isPresent(); next = read(repository::next)) {
            ImportRecord upload = next.get();
            run.total(upload.bytes());
            carryOut(run, upload, new SequenceInputStream(new Parts(upload.id())));
        }
    }

    private void file(JobRun run, Path path) throws IOException {
        if (!Files.isRegularFile(path)) throw new JobFailed("There is no file " + path);
        String named = run.option(PROGRAM).orElseThrow(() -> new JobFailed("--program is missing"));
        Program program =
                read(c -> programs.named(c, named)).orElseThrow(() -> new JobFailed("There is no program " + named));
        long bytes = Files.size(path);
        run.total(bytes);
        try (InputStream in = Files.newInputStream(path)) {
            if (run.dryRun()) rehearse(run, program, in);
            else carryOut(run, begun(run, program, path.getFileName().toString(), bytes), in);
        }
    }

    /** Goes on where an earlier run of the same file stopped. */
    private ImportRecord begun(JobRun run, Program program, String name, long bytes) {
        Optional<ImportRecord> unfinished = read(c -> repository.unfinished(c, program.id(), name, bytes));
        if (unfinished.isPresent()) {
            run.report("goes on after row %,d", unfinished.get().rowsDone());
            return unfinished.get();
        }
        ImportRecord made =
                ImportRecord.begun(ids.next(), program.id(), name, true, false, State.RUNNING, bytes, now());
        run.step(tx -> repository.insert(tx, made).replaceWith(Step.of(0)));
        return made;
    }

    private void carryOut(JobRun run, ImportRecord kept, InputStream in) throws IOException {
        try (ImportFile file = new ImportFile(in)) {
            Program program = read(c -> programs.find(c, kept.programId())).orElseThrow();
            ImportCounts counts = rows(run, kept, program, file);
            finish(run, kept, State.SUCCEEDED, null);
            run.report(
                    "%s: %,d accepted, %,d rejected, %,d waiting, %,d refunds, %,d repeated, %,d refused",
                    kept.name(),
                    counts.accepted(),
                    counts.rejected(),
                    counts.waiting(),
                    counts.booked(),
                    counts.repeated(),
                    counts.refused());
        } catch (JobFailed bad) {
            finish(run, kept, State.FAILED, bad.getMessage());
            if (kept.fromFile()) throw bad;
            run.report("%s failed: %s", kept.name(), bad.getMessage());
        }
    }

    private void finish(JobRun run, ImportRecord kept, State state, @org.jspecify.annotations.Nullable String message) {
        transactions
                .run(tx -> repository.finish(tx, kept.id(), state, message, now()))
                .await()
                .atMost(ANSWER);
        // What a kill leaves is forgotten by the job retention.
        AtomicBoolean more = new AtomicBoolean(true);
        while (more.get())
            run.step(tx ->
                    repository.forgetParts(tx, kept.id()).invoke(more::set).replaceWith(Step.of(0)));
    }

    private ImportCounts rows(JobRun run, ImportRecord kept, Program program, ImportFile file) {
        long before = kept.rowsDone();
        long bytes = kept.bytesDone();
        run.advance(bytes);
        file.skip(before);
        ImportChunks chunks = new ImportChunks(file, program, clock);
        for (Imports.Chunk chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
            long reached = Math.min(file.bytesRead(), kept.bytes());
            step(run, kept, chunk, before, bytes, reached);
            before += chunk.size();
            bytes = reached;
        }
        return read(c -> repository.find(c, kept.id())).orElseThrow().counts();
    }

    private void step(JobRun run, ImportRecord kept, Imports.Chunk chunk, long before, long from, long to) {
        if (!kept.dryRun()) {
            patiently(() ->
                    run.step(tx -> imports.store(tx, kept, chunk, before, to).replaceWith(Step.of(to - from))));
            return;
        }
        List<TrackRow> answers = imports.rehearse(chunk).await().atMost(ANSWER);
        run.step(tx -> imports.rehearsed(tx, kept, chunk, answers, before, to).replaceWith(Step.of(to - from)));
    }

    /** A database that is busy for a moment does not end an import of hours. */
    private static void patiently(Runnable step) {
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return;
            } catch (TimeoutException busy) {
                if (attempt == MOST_ATTEMPTS) throw busy;
            }
        }
    }

    private void rehearse(JobRun run, Program program, InputStream in) throws IOException {
        int lines = 0;
        long accepted = 0;
        long others = 0;
        long bytes = 0;
        try (ImportFile file = new ImportFile(in)) {
            ImportChunks chunks = new ImportChunks(file, program, clock);
            for (Imports.Chunk chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                for (TrackRow answer : imports.rehearse(chunk).await().atMost(ANSWER)) {
                    boolean good =
                            answer.result() == TrackRow.Result.ACCEPTED || answer.result() == TrackRow.Result.BOOKED;
                    if (good) accepted++;
                    else if (++others > 0 && lines++ < MOST_LINES)
                        run.report(
                                "row %d would be %s",
                                answer.row(), answer.result().word());
                }
                run.advance(file.bytesRead() - bytes);
                bytes = file.bytesRead();
            }
        }
        run.report("would accept or book %,d; %,d others", accepted, others);
    }

    private <T> T read(Function<SqlConnection, Uni<T>> work) {
        return transactions.read(work).await().atMost(ANSWER);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The parts of an upload, one after the other; one is in memory at a time. */
    private final class Parts implements Enumeration<InputStream> {
        private final UUID upload;
        private int number = 1;
        private Optional<byte[]> next = Optional.empty();

        Parts(UUID upload) {
            this.upload = upload;
        }

        @Override
        public boolean hasMoreElements() {
            if (next.isEmpty()) next = read(c -> repository.part(c, upload, number));
            return next.isPresent();
        }

        @Override
        public InputStream nextElement() {
            if (!hasMoreElements()) throw new NoSuchElementException();
            InputStream part = new ByteArrayInputStream(next.orElseThrow());
            next = Optional.empty();
            number++;
            return part;
        }
    }
}
