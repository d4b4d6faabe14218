package dev.tributary.click;

import dev.tributary.click.journal.Append;
import dev.tributary.click.journal.Journal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The room's door: a click that is answered {@code true} is on disk and will be in PostgreSQL exactly once.
 *
 * <p>It touches no network. While the journal cannot take clicks (disk full, directory taken), every click is answered
 * {@code false} and counted: visitors go on to the shop, and an alert fires.
 */
@ApplicationScoped
public class Clicks {
    private final ClickConfig config;
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder unjournalled = new LongAdder();
    private volatile @Nullable Journal journal;

    Clicks(ClickConfig config, MeterRegistry metrics) {
        this.config = config;
        FunctionCounter.builder("tributary.click.acknowledged", acknowledged, LongAdder::sum)
                .description("Clicks that are on disk")
                .register(metrics);
        FunctionCounter.builder("tributary.click.unjournalled", unjournalled, LongAdder::sum)
                .description("Clicks that were redirected without a click id because the journal did not take them")
                .register(metrics);
    }

    /** Opens the journal, unless it is open already. */
    Journal open() throws IOException {
        Journal open = journal;
        if (open != null) return open;
        open = new Journal(
                config.journalDir(), config.journalSegmentBytes(), config.journalMaxBytes(), config.journalQueue());
        journal = open;
        return open;
    }

    @Nullable
    Journal journal() {
        return journal;
    }

    /** Makes the click durable, then answers on the executor; appends that share an executor are answered together. */
    void record(Click click, Executor executor, Consumer<Boolean> answer) {
        Journal open = journal;
        if (open == null || !open.append(new Recorded(ClickCodec.encode(click), executor, answer))) {
            unjournalled.increment();
            answer.accept(false);
        }
    }

    private final class Recorded extends Append {
        private final Consumer<Boolean> answer;

        Recorded(byte[] record, Executor executor, Consumer<Boolean> answer) {
            super(record, executor);
            this.answer = answer;
        }

        @Override
        protected void done(boolean durable) {
            (durable ? acknowledged : unjournalled).increment();
            answer.accept(durable);
        }
    }
}
