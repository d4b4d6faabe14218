package dev.tributary.payout.method;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The way on which money of one currency reaches an affiliate, without its secret.
 *
 * @param ready whether the rail takes it now
 * @param currency what it takes; another than was asked for where there is none for that
 * @param changedAt when it replaced another one; empty for the first, which need not cool
 * @param chosenBy the account that had the last word on it, theirs or a colleague's, which may not approve what goes there
 */
public record Way(
        UUID methodId, String rail, boolean ready, String currency, Optional<Instant> changedAt, String chosenBy) {}
