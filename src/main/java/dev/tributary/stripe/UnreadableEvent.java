package dev.tributary.stripe;

/** An event that Stripe signed and nobody can make sense of: noted as refused, because it would be no better next time. */
public final class UnreadableEvent extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreadableEvent(String why) {
        super(why);
    }
}
