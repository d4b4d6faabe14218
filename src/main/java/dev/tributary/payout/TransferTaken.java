package dev.tributary.payout;

import java.util.Objects;

/** A provider tells of one transfer for two payouts: a fault that only people can clear up. */
public final class TransferTaken extends RuntimeException {
    TransferTaken() {
        super("A transfer belongs to another payout", null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
