package dev.tributary.payout;

/** What must be written or said in the transaction that writes a payout's next state. Amounts are minor units. */
public sealed interface Effect {
    /** In transit to clearing, to fees and to withheld: the reservation is posted. */
    record Settle(Amounts amounts) implements Effect {}

    /** In transit to available: the reservation is void. */
    record Release(long gross) implements Effect {}

    /**
     * Clearing and withheld to available.
     *
     * @param number counts the corrections of one payout, from 0
     */
    record Return(int number, long net, long withheld) implements Effect {}

    /** Available to clearing: money left that should not have, and is owed back by later earnings. */
    record Overpay(int number, long net) implements Effect {}

    /** A person must hear of it now. */
    record Page(Alarm alarm) implements Effect {}

    /** What people are called for. */
    enum Alarm {
        /** More has left than was owed, or left for a payout that had ended. */
        OVERPAID,
        /** A provider tells of a payout that was not sent. */
        NOT_SENT_BY_US,
        MISMATCH,
        KEY_REUSED,
        OUT_OF_FUNDS,
        RAIL_DOWN;

        /** Whether it waits until somebody has cleared it up; the others mend themselves or become a question of their own. */
        boolean needsPerson() {
            return this == OVERPAID || this == NOT_SENT_BY_US || this == MISMATCH;
        }
    }
}
