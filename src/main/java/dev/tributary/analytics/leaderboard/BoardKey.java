package dev.tributary.analytics.leaderboard;

import java.util.UUID;

/** Which ranking. */
record BoardKey(UUID programId, Span span, Metric metric) {}
