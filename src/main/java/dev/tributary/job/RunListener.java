package dev.tributary.job;

import org.jspecify.annotations.Nullable;

/** Whoever watches a run from within its process. Called on the run's thread; must be quick. */
interface RunListener {
    void line(String line);

    /** @param total null where it is not known */
    void progress(long done, @Nullable Long total);
}
