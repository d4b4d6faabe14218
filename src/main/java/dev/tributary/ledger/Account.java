package dev.tributary.ledger;

import java.util.Locale;
import java.util.UUID;

/**
 * One account of the books, in one currency. It needs no opening: it exists as soon as something is posted to it.
 *
 * @param owner the enrollment, the program or the rail, as its kind says
 * @param currency ISO 4217
 */
public record Account(Kind kind, UUID owner, String currency) {
    /** What an account holds, and whose it is. */
    public enum Kind {
        /** Earned, inside the refund window. */
        PENDING(Owner.ENROLLMENT),
        /** Payable; negative is a debt, which later earnings pay down. */
        AVAILABLE(Owner.ENROLLMENT),
        /** Reserved for a payout that is on its way. */
        IN_TRANSIT(Owner.ENROLLMENT),
        /** What commissions have cost a program. */
        EXPENSE(Owner.PROGRAM),
        /** Fees of payouts. */
        FEES(Owner.PROGRAM),
        /** Taxes kept back from payouts. */
        WITHHELD(Owner.PROGRAM),
        /** What has left through a rail. */
        CLEARING(Owner.RAIL);

        private final Owner owner;

        Kind(Owner owner) {
            this.owner = owner;
        }

        public Owner owner() {
            return owner;
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /** As stored and as shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What owns accounts of a kind. */
    public enum Owner {
        ENROLLMENT,
        PROGRAM,
        /** One of the ways out for money, by an id that is fixed in the rail's code. */
        RAIL
    }

    public Account {
        if (!currency.matches("[A-Z]{3}")) throw new IllegalArgumentException("A currency is three capital letters");
    }
}
