package dev.tributary.payout.tax;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the one who signs a W-9 is for federal tax: its line 3a. */
@Schema(name = "TaxClassification")
public enum Classification {
    /** A person, also one in business alone. */
    INDIVIDUAL,
    C_CORPORATION,
    S_CORPORATION,
    PARTNERSHIP,
    TRUST_OR_ESTATE,
    /** A limited liability company that is taxed as one of these three. */
    LLC_C_CORPORATION,
    LLC_S_CORPORATION,
    LLC_PARTNERSHIP,
    OTHER;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether payments to it are not reported on a 1099-NEC. */
    boolean isCorporation() {
        return switch (this) {
            case C_CORPORATION, S_CORPORATION, LLC_C_CORPORATION, LLC_S_CORPORATION -> true;
            default -> false;
        };
    }

    /** Whether this sort of number can be its own. */
    boolean mayHave(TinKind kind) {
        return switch (this) {
            case INDIVIDUAL, TRUST_OR_ESTATE, OTHER -> true;
            default -> kind == TinKind.EIN;
        };
    }
}
