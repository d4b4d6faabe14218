package dev.tributary.payout.tax;

import java.time.Instant;
import java.util.UUID;

/**
 * A payout that arrived, as the tax office sees it.
 *
 * @param grossMinor with fees and withheld tax, less what came back: it is income before what it costs to receive
 * @param withheldMinor less what was given back
 * @param currency ISO 4217
 */
public record Payment(
        UUID affiliateId, String rail, Instant paidAt, long grossMinor, long withheldMinor, String currency) {
    public Payment {
        if (grossMinor < 0 || withheldMinor < 0 || withheldMinor > grossMinor)
            throw new IllegalArgumentException("Of a payment at most all is withheld");
    }
}
