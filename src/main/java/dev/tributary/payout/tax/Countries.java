package dev.tributary.payout.tax;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Countries by their ISO 3166-1 codes of two letters. */
final class Countries {
    private static final Set<String> ALL = Set.of(Locale.getISOCountries());
    /**
     * Those with an income tax treaty in force with the United States.
     *
     * @see <a href="https://www.irs.gov/businesses/international-businesses/united-states-income-tax-treaties-a-to-z">treaties</a>
     */
    private static final Set<String> TREATY = Set.copyOf(Arrays.asList(
            ("AM AU AT AZ BD BB BY BE BG CA CL CN CY CZ DK EG EE FI FR GE DE GR IS IN ID IE IL IT JM JP KZ KR KG LV LT LU MT MX "
                            + "MD MA NL NZ NO PK PH PL PT RO SK SI ZA ES LK SE CH TJ TH TT TN TR TM UA GB UZ VE")
                    .split(" ")));

    private Countries() {}

    static boolean isCountry(String code) {
        return ALL.contains(code);
    }

    static boolean hasTreaty(String code) {
        return TREATY.contains(code);
    }
}
