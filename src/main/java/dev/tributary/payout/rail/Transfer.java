package dev.tributary.payout.rail;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * A movement of money as the provider tells of it, under the provider's own id. Two tellings of one are merged into the
 * later one, whatever order they arrive in; what was reversed only grows.
 *
 * @param movedMinor minor units
 * @param reversedMinor how much of it came back so far, in all
 * @param code the provider's word for why it failed, or empty
 * @param asOf when the provider says that this was so; the time of arrival where it says nothing
 */
public record Transfer(
        String id, Status status, long movedMinor, String currency, long reversedMinor, String code, Instant asOf) {
    /** How far it has come. Of two tellings of one moment the higher holds. */
    public enum Status {
        PENDING,
        DONE,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing goes back to pending, whatever its times say. */
    private static final Comparator<Transfer> LATER = Comparator.comparing(
                    (Transfer told) -> told.status != Status.PENDING)
            .thenComparing(Transfer::asOf)
            .thenComparing(Transfer::status)
            .thenComparing(Transfer::code);

    public Transfer {
        if (id.isBlank()) throw new IllegalArgumentException("A transfer has an id");
        if (movedMinor <= 0 || reversedMinor < 0 || reversedMinor > movedMinor)
            throw new IllegalArgumentException("%d of %d cannot come back".formatted(reversedMinor, movedMinor));
    }

    public static Transfer pending(String id, long movedMinor, String currency, Instant asOf) {
        return new Transfer(id, Status.PENDING, movedMinor, currency, 0, "", asOf);
    }

    public static Transfer done(String id, long movedMinor, String currency, Instant asOf) {
        return new Transfer(id, Status.DONE, movedMinor, currency, 0, "", asOf);
    }

    public static Transfer failed(String id, long movedMinor, String currency, String code, Instant asOf) {
        return new Transfer(id, Status.FAILED, movedMinor, currency, 0, code, asOf);
    }

    public Transfer reversed(long inAllMinor, Instant at) {
        return new Transfer(id, status, movedMinor, currency, inAllMinor, code, at);
    }

    /** What has left and not come back. */
    public long outMinor() {
        return status == Status.DONE ? movedMinor - reversedMinor : 0;
    }

    /** Both tellings as one; they are of one id and one amount, or it is a bug or a fraud. */
    public Transfer merged(Transfer other) {
        if (!id.equals(other.id) || movedMinor != other.movedMinor || !currency.equals(other.currency))
            throw new IllegalArgumentException("%s is told of with two amounts".formatted(id));
        Transfer later = LATER.compare(this, other) >= 0 ? this : other;
        return new Transfer(
                id,
                later.status,
                movedMinor,
                currency,
                Math.max(reversedMinor, other.reversedMinor),
                later.code,
                later.asOf);
    }
}
