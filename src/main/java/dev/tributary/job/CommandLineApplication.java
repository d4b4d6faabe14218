package dev.tributary.job;

import io.quarkus.runtime.QuarkusApplication;

/** The command line of the packaged binary: {@code job list}, {@code job NAME [--dry-run]}. */
public final class CommandLineApplication implements QuarkusApplication {
    @Override
    public int run(String... args) {
        return 0;
    }
}
