package dev.tributary.payout.tax;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A form by which somebody tells how they are taxed. */
@Schema(
        name = "TaxFormKind",
        enumeration = {"w9", "w8ben", "w8ben_e"})
public enum FormKind {
    /** A US person: a citizen or resident, a company founded there. */
    W9,
    /** A person who is none. */
    W8BEN,
    /** A company that is none. It is checked by a person, on paper: its thirty parts depend on what the company is. */
    W8BEN_E;

    /**
     * The one that is asked for.
     *
     * @param country where they live or were founded
     * @param usPerson what they say of themselves: citizens are US persons wherever they live
     */
    public static FormKind of(String country, boolean usPerson, boolean entity) {
        if (usPerson || country.equals(PostalAddress.US)) return W9;
        return entity ? W8BEN_E : W8BEN;
    }

    /**
     * The last day on which one that was signed then holds: for W-8 the last of the third year after (26 CFR
     * 1.1441-1(e)(4)(ii)); empty for a W-9, which holds until something changes.
     */
    Optional<LocalDate> lastDay(Instant signed, ZoneId payer) {
        if (this == W9) return Optional.empty();
        int year = LocalDate.ofInstant(signed, payer).getYear();
        return Optional.of(LocalDate.of(year + 3, 12, 31));
    }

    static FormKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
