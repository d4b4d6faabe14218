package dev.tributary.click;

import dev.tributary.click.journal.JournalReader;
import dev.tributary.click.journal.LeftOver;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lands a journal that was left behind by an instance that will not come back. The directory is locked, so a live one is
 * refused; landing again lands nothing twice. What has landed stays in the directory, for the operator to remove.
 */
@Singleton
class LandJob implements Job {
    private static final String DIRECTORY = "journal-dir";
    private static final int COUNTED_AT_ONCE = 1_000;

    private final Lander lander;
    private final JournalRepository repository;
    private final Clock clock;

    LandJob(Lander lander, JournalRepository repository, Clock clock) {
        this.lander = lander;
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "land";
    }

    @Override
    public String description() {
        return "Lands the clicks of a journal directory that was left behind";
    }

    /** Eight gigabytes, the journal's usual bound, at the pace of one lander, with room. */
    @Override
    public Duration deadline() {
        return Duration.ofHours(12);
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                new JobOption(DIRECTORY, "DIR", "The journal's directory, which no process may have open", true));
    }

    @Override
    public void run(JobRun run) throws IOException {
        Path directory = Path.of(run.option(DIRECTORY).orElseThrow());
        if (!LeftOver.isJournal(directory)) throw new JobFailed("There is no journal in " + directory);
        try (LeftOver journal = open(directory)) {
            if (run.dryRun()) count(journal.reader(), run);
            else land(directory, journal.reader(), run);
        }
    }

    private LeftOver open(Path directory) {
        try {
            return LeftOver.open(directory, clock);
        } catch (IOException e) {
            throw new JobFailed(String.valueOf(e.getMessage()));
        }
    }

    private static void count(JournalReader reader, JobRun run) throws IOException {
        long records = 0;
        for (List<byte[]> some = reader.read(COUNTED_AT_ONCE); !some.isEmpty(); some = reader.read(COUNTED_AT_ONCE)) {
            records += some.size();
            run.advance(some.size());
        }
        run.report("would land %,d records", records);
    }

    private void land(Path directory, JournalReader reader, JobRun run) throws IOException {
        AtomicLong records = new AtomicLong();
        AtomicLong rows = new AtomicLong();
        lander.landRest(reader, (read, fresh) -> {
            records.addAndGet(read);
            rows.addAndGet(fresh);
            run.advance(read);
        });
        register(directory, run);
        run.report("read %,d records: %,d are new in the click table", records.get(), rows.get());
        run.report(
                "%,d had landed before or are set aside in the quarantine; the directory may be removed",
                records.get() - rows.get());
    }

    /** The register then no longer names it. */
    private void register(Path directory, JobRun run) throws IOException {
        Path file = directory.resolve("journal.id");
        if (!Files.exists(file)) return;
        UUID id = UUID.fromString(Files.readString(file).trim());
        run.step(tx -> repository.landed(tx, id).replaceWith(Step.of(0)));
    }
}
