package dev.tributary.conversion;

import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as a door understood it: whole and within all bounds, not yet decided.
 *
 * @param externalId the merchant's own id of the event; one a program, for ever
 * @param customer the merchant's own id of the buyer
 * @param amount in the currency it was told in; {@link #NO_MONEY} of a lead
 * @param lines at most {@value #MOST_LINES}
 */
public record Incoming(
        UUID programId,
        Kind kind,
        String externalId,
        @Nullable String customer,
        Money amount,
        List<Line> lines,
        Instant occurredAt,
        Door door,
        Touch touch,
        Buyer buyer,
        Details details) {
    /** Of ids that merchants choose: an index entry stays small. */
    public static final int MOST_CHARACTERS = 200;
    /** An order with more of them is a warehouse's, and its sum still counts. */
    public static final int MOST_LINES = 100;

    /** Of a lead: it takes the currency of its program. */
    public static final Money NO_MONEY = new Money(0, "XXX");

    /** The same in a program of that currency: an amount of nothing is in any. */
    Incoming in(String currency) {
        if (!amount.equals(NO_MONEY)) return this;
        return new Incoming(
                programId,
                kind,
                externalId,
                customer,
                new Money(0, currency),
                lines,
                occurredAt,
                door,
                touch,
                buyer,
                details);
    }

    /** The same with other evidence. */
    Incoming touching(Touch other) {
        return new Incoming(
                programId, kind, externalId, customer, amount, lines, occurredAt, door, other, buyer, details);
    }

    public Incoming {
        lines = List.copyOf(lines);
        if (externalId.isBlank() || externalId.length() > MOST_CHARACTERS)
            throw new IllegalArgumentException("An event has an id of at most " + MOST_CHARACTERS + " characters");
        if (customer != null && (customer.isBlank() || customer.length() > MOST_CHARACTERS))
            throw new IllegalArgumentException("A customer has an id of at most " + MOST_CHARACTERS + " characters");
        if (amount.amount() < 0 || lines.size() > MOST_LINES)
            throw new IllegalArgumentException("Out of bounds: " + amount + ", " + lines.size() + " lines");
    }
}
