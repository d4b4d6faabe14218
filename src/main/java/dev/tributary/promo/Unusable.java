package dev.tributary.promo;

import java.util.Locale;

/** Why a code cannot be used, as merchants are told; the public is told only that it cannot. */
enum Unusable {
    UNKNOWN("There is no such code"),
    PAUSED("This code is paused"),
    EXPIRED("This code has expired"),
    ARCHIVED("This code is archived"),
    SUSPENDED("The affiliate of this code is not active"),
    NOT_STARTED("This code is not valid yet"),
    USED_UP("This code is used up"),
    USED_UP_BY_CUSTOMER("This customer has used this code as often as it may be"),
    OTHER_PLAN("This code is not for this plan"),
    OTHER_PRODUCTS("This code is for none of these products"),
    OTHER_CURRENCY("This code takes an amount of another currency off"),
    NOT_STACKABLE("This code cannot be used together with others"),
    REPEATED("This code is given twice");

    private final String message;

    Unusable(String message) {
        this.message = message;
    }

    /** The stable word in answers. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String message() {
        return message;
    }
}
