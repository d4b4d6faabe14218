package dev.tributary.contest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the room. */
@ConfigMapping(prefix = "tributary.contest")
interface ContestConfig {
    /** For how many hours after its end refunds and late data still count in a contest that does not say so itself: 0 to 720. */
    @WithDefault("24")
    int graceHours();
}
