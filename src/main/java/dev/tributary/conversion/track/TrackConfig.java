package dev.tributary.conversion.track;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

/** Settings of what is told from outside. */
@ConfigMapping(prefix = "tributary.conversion")
interface TrackConfig {
    /** Postbacks a program may send in a minute: far above what a network sends, far below what the database takes. */
    @Positive
    @Max(1_000_000)
    @WithDefault("6000")
    int postbackLimit();
}
