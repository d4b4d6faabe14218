package dev.tributary.job;

import dev.tributary.crypto.MasterKey;
import dev.tributary.crypto.Wrapped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Comparator;

/**
 * Wraps every stored key under the present master key, after {@code tributary.crypto.master-key} was replaced and the one before
 * was added to {@code tributary.crypto.previous-master-keys}. What it seals stays as it is. When it reports nothing any more the
 * previous key may go.
 */
@Singleton
class RewrapJob implements Job {
    private static final int BATCH = 500;

    private final Instance<Wrapped> rooms;
    private final MasterKey master;

    RewrapJob(Instance<Wrapped> rooms, MasterKey master) {
        this.rooms = rooms;
        this.master = master;
    }

    @Override
    public String name() {
        return "rewrap";
    }

    @Override
    public String description() {
        return "Wraps stored keys under the present master key, after it was replaced";
    }

    @Override
    public void run(JobRun run) {
        if (!master.present())
            throw new JobFailed("tributary.crypto.master-key is not set: there is nothing to wrap with");
        if (run.dryRun()) {
            run.report("would wrap under master key %s what others wrapped", master.id());
            return;
        }
        rooms.stream().sorted(Comparator.comparing(Wrapped::what)).forEach(room -> rewrap(run, room));
    }

    private static void rewrap(JobRun run, Wrapped room) {
        long all = 0;
        long last;
        do {
            last = run.step(tx -> room.rewrap(tx, BATCH).map(Step::of)).done();
            all += last;
        } while (last > 0);
        run.report("%s: %,d wrapped anew", room.what(), all);
    }
}
