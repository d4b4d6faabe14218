package dev.tributary.analytics.live;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What opens one stream, once. */
@Schema(name = "LiveTicket")
record LiveTicket(
        @Schema(
                        examples = "lvt_n5x0Zt3bq1kQ8yJmV2cW7aHf4dRgL9sEoPuIiTrXwYz",
                        description = "For the parameter `ticket`; shown this once")
                String ticket,
        @Schema(examples = "2026-11-21T17:31:00Z") Instant expiresAt) {}
