package dev.tributary.analytics.rollup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the rollups. */
@ConfigMapping(prefix = "tributary.analytics.rollup")
interface RollupConfig {
    /** Whether this instance folds clicks and events into figures; where none does, the job {@code rollups} must run. */
    @WithDefault("true")
    boolean folding();
}
