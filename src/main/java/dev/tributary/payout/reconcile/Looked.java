package dev.tributary.payout.reconcile;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far one rail was compared, as the run's record keeps it.
 *
 * @param begun when this rail's list was begun, which a run that goes on keeps
 * @param page where the provider's list goes on; empty for its first page
 * @param listed whether the provider's list was read to its end
 * @param after where the look for what is not listed goes on
 */
record Looked(
        String rail,
        Instant from,
        Instant begun,
        Optional<String> page,
        boolean listed,
        ReconcileRepository.Place after) {
    /** What is sent now may not be in a provider's list yet. */
    private static final Duration SETTLES = Duration.ofMinutes(15);
    /** A provider's clock and ours, by which a transfer may be older than its payout. */
    private static final Duration SKEW = Duration.ofHours(1);

    static Looked begin(String rail, Instant from, Instant begun) {
        return new Looked(rail, from, begun, Optional.empty(), false, ReconcileRepository.Place.FIRST);
    }

    /** What must be in the list by now. */
    ReconcileRepository.Span span() {
        return new ReconcileRepository.Span(from, begun.minus(SETTLES));
    }

    Instant listFrom() {
        return from.minus(SKEW);
    }

    Instant listTo() {
        return begun.plus(SKEW);
    }

    Looked at(String next) {
        return new Looked(rail, from, begun, Optional.of(next), false, after);
    }

    Looked listedAll() {
        return new Looked(rail, from, begun, Optional.empty(), true, after);
    }

    Looked after(ReconcileRepository.Place place) {
        return new Looked(rail, from, begun, Optional.empty(), true, place);
    }

    JsonObject write() {
        return new JsonObject()
                .put("rail", rail)
                .put("from", from.toString())
                .put("begun", begun.toString())
                .put("page", page.orElse(null))
                .put("listed", listed)
                .put("payout", after.payoutId().toString())
                .put("transfer", after.transferId());
    }

    /** Empty where the run before came to its end. */
    static Optional<Looked> read(JsonObject kept) {
        if (kept.isEmpty()) return Optional.empty();
        return Optional.of(new Looked(
                kept.getString("rail"),
                Instant.parse(kept.getString("from")),
                Instant.parse(kept.getString("begun")),
                Optional.ofNullable(kept.getString("page")),
                kept.getBoolean("listed"),
                new ReconcileRepository.Place(UUID.fromString(kept.getString("payout")), kept.getString("transfer"))));
    }
}
