package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A W-8BEN-E that a foreign company gave on paper: its thirty parts are looked through by a person. */
@Schema(name = "TaxPaperInput")
record PaperInput(
        @Schema(examples = "Beispiel GmbH", maxLength = 200) @Nullable String name,
        @Schema(examples = "DE", description = "Where it was founded, ISO 3166-1 alpha-2; not the US") @Nullable
                String country,
        @Schema(examples = "2026-11-20", description = "The day on which it was signed") @Nullable LocalDate signedOn) {
    /** W-8 hold for three years beyond the one of signing. */
    private static final int YEARS = 4;

    /** The same, checked. */
    record Sheet(String name, String country, Instant signedAt) {}

    Sheet checked(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String text = requireNonNullElse(name, "");
        String code = requireNonNullElse(country, "");
        FieldErrors errors = new FieldErrors();
        Lines.check(errors, "name", text, true);
        errors.require(Countries.isCountry(code), "country", "malformed", "country is an ISO 3166-1 code such as DE")
                .allow(!code.equals(PostalAddress.US), "country", "us_person", "A company of the US gives a W-9")
                .require(signedOn != null, "signedOn", "required", "signedOn is missing")
                .allow(
                        signedOn == null || !signedOn.isAfter(today) && signedOn.isAfter(today.minusYears(YEARS)),
                        "signedOn",
                        "out_of_range",
                        "signedOn is a day of the last four years")
                .done();
        return new Sheet(
                text,
                code,
                Objects.requireNonNull(signedOn).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
