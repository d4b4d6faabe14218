package dev.tributary.payout.tax;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sort of US taxpayer number, with the numbers that were never given out. Whether one belongs to somebody only the IRS knows. */
@Schema(name = "TinKind")
public enum TinKind {
    /** Social security: a person. */
    SSN {
        @Override
        boolean isValid(String nine) {
            int area = Integer.parseInt(nine.substring(0, 3));
            return area != 0
                    && area != 666
                    && area < 900
                    && !nine.startsWith("00", 3)
                    && !nine.endsWith("0000")
                    && !PRINTED.contains(nine);
        }
    },
    /** A person who cannot have a social security number. */
    ITIN {
        @Override
        boolean isValid(String nine) {
            int middle = Integer.parseInt(nine.substring(3, 5));
            boolean given = middle >= 50 && middle != 89 && middle != 93 && !(middle >= 66 && middle <= 69);
            return nine.charAt(0) == '9' && given;
        }
    },
    /** Employer: a company, or a person in business. */
    EIN {
        @Override
        boolean isValid(String nine) {
            return !NO_CAMPUS.contains(nine.substring(0, 2)) && !nine.endsWith("0000000");
        }
    };

    /** Cards with these were printed in advertisements, and people used them. */
    private static final Set<String> PRINTED = Set.of("078051120", "219099999");
    /** Prefixes that no office of the IRS gives out. */
    private static final Set<String> NO_CAMPUS = Set.of(
            "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97");

    /** @param nine digits */
    abstract boolean isValid(String nine);

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
