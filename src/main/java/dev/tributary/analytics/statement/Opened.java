package dev.tributary.analytics.statement;

import java.util.UUID;

/** A statement and of which enrollment it is, so that more of its entries can be read. */
record Opened(UUID enrollmentId, Statement statement) {}
