package dev.tributary.conversion;

import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.RefundOutcome.Result;
import dev.tributary.money.Money;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund on its way to the database.
 *
 * @param sale as it is with this refund; null where there is none
 * @param minor what moves
 */
record RefundDraft(UUID id, IncomingRefund told, @Nullable Sale sale, long minor, Result result) {
    /** The sale of a refund that is booked, which has one. */
    Sale known() {
        return Objects.requireNonNull(sale);
    }

    /**
     * A sale that is locked.
     *
     * @param disputed how much of what went back a dispute took
     */
    record Sale(UUID id, EventKey key, Kind kind, Money amount, long refunded, long disputed, Status status) {
        private Sale with(RefundKind kind, long minor, boolean whole) {
            boolean again = kind == RefundKind.DISPUTE_WON;
            long now = again ? refunded - minor : refunded + minor;
            long lost = kind == RefundKind.REFUND ? disputed : again ? disputed - minor : disputed + minor;
            return new Sale(id, key, this.kind, amount, now, lost, status(now, whole));
        }

        /** Nothing is left of it once all has gone back; a lead has nothing but itself to take back. */
        private Status status(long now, boolean whole) {
            if (!counts()) return status;
            boolean gone = amount.amount() == 0 ? whole : now == amount.amount();
            return gone ? Status.REFUNDED : Status.ACCEPTED;
        }

        /** Whether it earns, or did. */
        boolean counts() {
            return status == Status.ACCEPTED || status == Status.REFUNDED;
        }

        private long left(RefundKind kind) {
            return kind == RefundKind.DISPUTE_WON ? disputed : amount.amount() - refunded;
        }
    }

    /** Decides it by the sale as it stands; {@code capped} takes what is left where more was told, else that is refused. */
    static RefundDraft of(UUID id, IncomingRefund told, @Nullable Sale sale, boolean capped) {
        if (sale == null) return new RefundDraft(id, told, null, 0, Result.WAITING);
        Money asked = told.amount();
        if (asked != null && !asked.currency().equals(sale.amount.currency()))
            return new RefundDraft(id, told, sale, 0, Result.CURRENCY_MISMATCH);
        long left = sale.left(told.kind());
        if (asked != null && asked.amount() > left && !capped)
            return new RefundDraft(id, told, sale, 0, Result.TOO_MUCH);
        long minor = asked == null ? left : Math.min(asked.amount(), left);
        boolean whole = told.kind() != RefundKind.DISPUTE_WON && minor == left;
        return new RefundDraft(id, told, sale.with(told.kind(), minor, whole), minor, Result.BOOKED);
    }

    /** What is added to what went back. */
    long change() {
        return told.kind() == RefundKind.DISPUTE_WON ? -minor : minor;
    }

    boolean is(Result wanted) {
        return result == wanted;
    }

    /** Whether it is stored: what is refused leaves no trace, so that it can be told again as it is right. */
    boolean stays() {
        return is(Result.BOOKED) || is(Result.WAITING);
    }

    RefundOutcome outcome(Result as) {
        return new RefundOutcome(
                id,
                told.programId(),
                told.externalId(),
                told.saleExternalId(),
                told.kind(),
                as,
                sale == null ? null : sale.id,
                sale == null || !stays() ? null : new Money(minor, sale.amount.currency()),
                sale == null ? null : new Money(sale.refunded, sale.amount.currency()),
                sale == null ? null : sale.status);
    }
}
