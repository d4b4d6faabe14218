package dev.tributary.analytics.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many streams of live earnings there may be. */
@ConfigMapping(prefix = "tributary.analytics.live")
interface LiveConfig {
    /** Streams of live earnings that an instance keeps open; beyond, it answers 503. */
    @WithDefault("10000")
    int streams();

    /** Streams of live earnings that an affiliate may have open with an instance; beyond, 429. */
    @WithDefault("10")
    int streamsPerAffiliate();
}
