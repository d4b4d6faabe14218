package dev.tributary.outbox;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * Something that happened to one aggregate.
 *
 * @param id unique for ever; handlers are idempotent by it
 * @param type room and past participle, such as {@code enrollment.approved}
 * @param aggregateId events of one aggregate are delivered in the order of their commits
 * @param payload ids and facts, no personal data
 */
public record Event(UUID id, String type, UUID aggregateId, JsonObject payload) {}
