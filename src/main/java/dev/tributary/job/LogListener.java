package dev.tributary.job;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts a run's lines in the log; its progress is in its record. */
record LogListener(Job job) implements RunListener {
    private static final Logger LOG = Logger.getLogger("dev.tributary.job");

    @Override
    public void line(String line) {
        LOG.infof("%s: %s", job.name(), line);
    }

    @Override
    public void progress(long done, @Nullable Long total) {}
}
