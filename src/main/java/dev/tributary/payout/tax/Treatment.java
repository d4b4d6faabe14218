package dev.tributary.payout.tax;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What becomes of a year's payments to somebody by one rail. */
@Schema(name = "TaxTreatment")
public enum Treatment {
    /** Reported by the payer on a 1099-NEC. */
    NEC,
    /** Over the threshold, and nobody knows whose it is: to be reported without a number, and a form to be asked for. */
    FORM_MISSING,
    UNDER_THRESHOLD,
    /** A corporation, or exempt by its code. */
    EXEMPT,
    /** Not a US person. */
    FOREIGN,
    /** Reported by the processor on a 1099-K: card networks and third-party networks report what they settle. */
    PROCESSOR,
    /** Not in US dollars: to be converted at the rate of the day by a person. */
    OTHER_CURRENCY;

    /** The word in JSON and in CSV. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isReported() {
        return this == NEC || this == FORM_MISSING;
    }
}
