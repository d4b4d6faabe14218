package dev.tributary.payout.rail;

import dev.tributary.money.Money;
import java.util.UUID;

/**
 * What a rail is asked to make an {@link Instruction} of, when a payout is frozen.
 *
 * @param key for providers that take any text as a key
 * @param uuidKey the same for providers that insist on a UUID
 * @param amount what leaves, after fees and withheld tax
 * @param destination as {@link Recipients#open} gave it
 */
public record Order(UUID payoutId, String key, UUID uuidKey, Money amount, String destination) {}
