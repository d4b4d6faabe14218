package dev.tributary.conversion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a conversion earns nothing. The words are part of the API and never change their meaning. */
@Schema(name = "ConversionReason")
public enum Reason {
    /** This customer has signed up already: one lead a customer. */
    DUPLICATE("this customer has signed up before"),
    /** The affiliate that it names is not in this program. */
    AFFILIATE_UNKNOWN("the affiliate is not in this program"),
    /** The affiliate is suspended, banned or closed, in this program or altogether. */
    AFFILIATE_SUSPENDED("the affiliate is suspended"),
    /** The promo code is nobody's in this program, and there is no other evidence. */
    PROMO_CODE_UNKNOWN("the promo code is nobody's in this program"),
    /** The click that it names never landed, or belongs to another program. */
    CLICK_UNKNOWN("the click is not known in this program"),
    /** The click was a bot's, a prefetch or a HEAD request. */
    CLICK_NOT_HUMAN("the click was not made by a person"),
    /** Link, affiliate or program were not active at the click. */
    CLICK_NOT_CREDITED("link, affiliate or program were not active at the click"),
    /** The click is older than the program's window, or younger than the conversion. */
    OUTSIDE_WINDOW("the click is outside the program's window"),
    /** Nothing leads from it to an affiliate: no click, no code, no known customer. */
    NO_EVIDENCE("nothing leads from it to an affiliate"),
    /** The program was not active. */
    PROGRAM_INACTIVE("the program is not active"),
    /** The amount is not in the program's currency. */
    CURRENCY_MISMATCH("the amount is not in the program's currency"),
    /** The affiliate is the customer. */
    SELF_REFERRAL("the affiliate is the customer"),
    /** It looks like fraud. */
    FRAUD("it looks like fraud");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** For people, after a colon. */
    public String sentence() {
        return sentence;
    }

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Reason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
