package dev.tributary.promo.stripe;

import java.util.UUID;

/**
 * A code that this process keeps in step for some minutes.
 *
 * @param number of the turn: whoever takes a later one makes this one's writing void
 * @param asked how often it was asked for until then; more since means that it must be looked at again
 * @param failures in a row before
 */
record Turn(UUID codeId, long number, long asked, int failures, Known known) {}
