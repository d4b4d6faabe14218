package dev.tributary.ledger;

/** A posting that would take more than there is: a reservation beyond what is available, a release beyond what is pending. */
public final class Overdrawn extends RuntimeException {
    Overdrawn(String message) {
        super(message, null, false, false);
    }
}
