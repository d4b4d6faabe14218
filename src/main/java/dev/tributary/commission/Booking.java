package dev.tributary.commission;

import dev.tributary.conversion.DueConversion;
import dev.tributary.money.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what is booked for a conversion and what should be: applied, it makes the two equal, so whatever is
 * computed twice changes nothing.
 *
 * <p>A decision is computed once, with the rules of that moment; refunds afterwards cut each of its commissions in
 * proportion, always from what was computed and from all refunds so far, so that the order and number of refunds do not
 * matter. Commissions of earlier decisions are taken back whole.
 */
final class Booking {
    private final DueConversion due;
    private final Instant releaseAt;
    private final Supplier<UUID> ids;
    private final Instant now;

    Booking(DueConversion due, Instant releaseAt, Supplier<UUID> ids, Instant now) {
        this.due = due;
        this.releaseAt = releaseAt;
        this.ids = ids;
        this.now = now;
    }

    /** Whether commissions of the present decision are still to be computed. */
    static boolean isNew(DueConversion due, List<Commission> booked) {
        return earns(due) && booked.stream().allMatch(old -> old.decision() < due.decision());
    }

    static boolean earns(DueConversion due) {
        return !due.credits().isEmpty()
                && switch (due.status()) {
                    case ACCEPTED, REFUNDED -> true;
                    case REJECTED, WAITING -> false;
                };
    }

    /** A move, and what was computed where it makes a commission. */
    record Made(Move move, @Nullable Earned earned) {}

    /**
     * Only what changes.
     *
     * @param computed what the decision comes to where it {@link #isNew}; else nothing is asked for
     */
    List<Made> difference(List<Commission> booked, List<Earned> computed) {
        List<Made> moves = new ArrayList<>();
        for (Commission old : booked) {
            boolean stands = earns(due) && old.decision() == due.decision();
            Move move = Move.amount(old, stands ? left(old.grossMinor()) : 0, now);
            if (move.changes(old)) moves.add(new Made(move, null));
        }
        if (isNew(due, booked)) moves.addAll(made(computed));
        return moves;
    }

    private List<Made> made(List<Earned> earned) {
        Map<UUID, UUID> baseIds = new HashMap<>();
        List<Made> made = new ArrayList<>();
        earned.stream().sorted(Comparator.comparing(Earned::level)).forEach(each -> {
            UUID id = ids.get();
            if (each.base()) baseIds.put(each.through(), id);
            made.add(new Made(Move.earn(draft(id, each, baseIds), now), each));
        });
        return made;
    }

    private Commission draft(UUID id, Earned earned, Map<UUID, UUID> baseIds) {
        Commission.Source source = earned.level() == 0
                ? new Commission.Source(Commission.Source.CONVERSION, due.id())
                : new Commission.Source(
                        Commission.Source.COMMISSION, Objects.requireNonNull(baseIds.get(earned.through())));
        long left = left(earned.amount());
        return new Commission(
                id,
                due.programId(),
                earned.member(),
                source,
                earned.rule(),
                earned.level(),
                due.decision(),
                due.id(),
                left,
                earned.amount() - left,
                due.amount().currency(),
                Status.PENDING,
                false,
                null,
                due.occurredAt(),
                releaseAt,
                0);
    }

    /** What is left of a commission after all refunds so far; of a lead, which has no amount, all of it. */
    private long left(long gross) {
        long amount = due.amount().amount();
        return amount == 0 ? gross : Shares.proportion(gross, amount - due.refundedMinor(), amount);
    }
}
