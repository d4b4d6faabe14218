package dev.tributary.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the link cache. */
@ConfigMapping(prefix = "tributary.link")
public interface LinkConfig {
    /** Links held in the process, about 500 bytes each. */
    @WithDefault("2000000")
    int cacheSize();

    /** How often the version of all links is compared, whatever notifications say. */
    @WithDefault("5S")
    Duration poll();

    /** How long a code that PostgreSQL does not know is remembered as unknown. */
    @WithDefault("2S")
    Duration unknownFor();

    /** Where the snapshot is kept; unset: beside the click journal. */
    Optional<Path> snapshotDir();
}
