package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Decision;
import dev.tributary.conversion.attribution.Evidence;
import dev.tributary.conversion.attribution.Winner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversion on its way to the database: the event, and what is decided of it so far.
 *
 * @param number of the decision that this one is
 * @param decision null until somebody looked for an affiliate, and where nobody had to
 */
record Draft(
        UUID id,
        Incoming event,
        int number,
        Status status,
        @Nullable Reason reason,
        @Nullable Decision decision,
        @Nullable Instant waitingUntil) {
    static Draft first(UUID id, Incoming event) {
        return new Draft(id, event, 1, Status.WAITING, null, null, null);
    }

    Draft in(String currency) {
        return new Draft(id, event.in(currency), number, status, reason, decision, waitingUntil);
    }

    boolean is(Status wanted) {
        return status == wanted;
    }

    /** The buyer in its program; null where none is told. */
    @Nullable
    EventKey customer() {
        return event.customer() == null ? null : new EventKey(event.programId(), event.customer());
    }

    @Nullable
    String reasonWord() {
        return reason == null ? null : reason.word();
    }

    Draft rejected(Reason why) {
        return new Draft(id, event, number, Status.REJECTED, why, decision, null);
    }

    /** As the decision says, unless a click is missing that alone could tell. */
    Draft decided(Decision made, @Nullable Instant wait) {
        if (made.reason() == null) return new Draft(id, event, number, Status.ACCEPTED, null, made, wait);
        Reason why = Reason.of(made.reason().word());
        return why == Reason.CLICK_UNKNOWN && wait != null
                ? new Draft(id, event, number, Status.WAITING, null, made, wait)
                : new Draft(id, event, number, Status.REJECTED, why, made, wait);
    }

    Evidence evidence() {
        Touch touch = event.touch();
        return new Evidence(
                id,
                number,
                event.programId(),
                event.occurredAt(),
                touch.affiliateId(),
                touch.promoCode(),
                touch.clickId(),
                event.customer(),
                touch.visitorId(),
                event.customer() != null);
    }

    Claim claim() {
        return new Claim(
                id,
                event.programId(),
                event.kind(),
                event.customer(),
                event.touch().clickId(),
                event.buyer(),
                event.occurredAt(),
                credits());
    }

    /** Whoever it is shown with in lists and reports: the largest part. */
    Optional<Winner> foremost() {
        return decision == null || status != Status.ACCEPTED ? Optional.empty() : decision.foremost();
    }

    List<Credit> credits() {
        if (decision == null || status != Status.ACCEPTED) return List.of();
        return decision.winners().stream()
                .map(w -> new Credit(w.enrollmentId(), w.affiliateId(), w.linkId(), w.src(), w.weightBps()))
                .toList();
    }

    Outcome outcome(Outcome.Repeat repeat) {
        return new Outcome(
                id, event.programId(), event.kind(), event.externalId(), status, reason, repeat, number, credits());
    }
}
