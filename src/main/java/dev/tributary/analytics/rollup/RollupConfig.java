package dev.tributary.analytics.rollup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the rollups. */
@ConfigMapping(prefix = "tributary.analytics.rollup")
interface RollupConfig {
    /**
     * Whether this instance folds clicks and events into figures; where none does, the job {@code rollups} must run.
     */
    @WithDefault("true")
    boolean folding();

    /**
     * How long {@code job rollups --verify} waits for events that may be on their way; a fact that differs for longer is
     * wrong.
     */
    @WithDefault("15S")
    Duration delivery();
}
