package dev.tributary.access;

/**
 * An answer with something in it that may be shown once only. When it is kept for its {@code Idempotency-Key}, what is
 * kept, and so repeated, is the answer without it.
 */
public interface ShownOnce {
    Object withoutSecret();
}
