package dev.tributary.analytics.live;

import java.util.UUID;

/** What a stream shows. Streams that show the same share every query and every event. */
record Watched(UUID affiliateId, UUID programId, Span span) {}
