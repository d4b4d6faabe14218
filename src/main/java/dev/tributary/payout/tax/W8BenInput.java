package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A W-8BEN as a person who is no US person fills it in, with the fields of Form W-8BEN (Rev. 10-2021). */
record W8BenInput(
        @Schema(examples = "Ann Example", maxLength = 200, description = "Line 1") @Nullable String name,
        @Schema(examples = "DE", description = "Line 2, ISO 3166-1 alpha-2") @Nullable String citizenship,
        @Schema(description = "Line 3: of permanent residence, no post box") @Nullable PostalAddress address,
        @Schema(description = "Line 4, where it differs") @Nullable PostalAddress mailingAddress,
        @Schema(description = "Line 5: which number it is") @Nullable TinKind usTaxpayerNumberKind,
        @Schema(
                        examples = "",
                        description = "Line 5, where there is one. Kept encrypted, shown by its last four digits")
                @Nullable
                String usTaxpayerNumber,
        @Schema(examples = "12 345 678 901", description = "Line 6a: the tax number where they live. Kept encrypted")
                @Nullable
                String foreignTaxNumber,
        @Schema(description = "Line 6b: whether none is required there") @Nullable Boolean foreignTaxNumberNotRequired,
        @Schema(examples = "", description = "Line 7, or empty") @Nullable String reference,
        @Schema(examples = "1990-02-28", description = "Line 8. Kept encrypted, never shown") @Nullable
                LocalDate bornOn,
        @Schema(description = "Part II, where one is claimed") @Nullable TreatyInput treaty,
        @Schema(description = "Part III") @Nullable SignatureInput signature) {
    W8Ben signed(Instant now) {
        boolean number = usTaxpayerNumber != null && !usTaxpayerNumber.isBlank();
        boolean whole = address != null && bornOn != null;
        new FieldErrors()
                .require(whole || Lines.isSaid(name), "name", "required", "name is missing")
                .require(whole || Lines.isSaid(citizenship), "citizenship", "required", "citizenship is missing")
                .require(address != null, "address", "required", "address is missing")
                .require(bornOn != null, "bornOn", "required", "bornOn is missing")
                .require(whole || signature != null, "signature", "required", "signature is missing")
                .require(
                        !number || tin().isPresent(),
                        "usTaxpayerNumber",
                        "malformed",
                        "usTaxpayerNumber is nine digits that the tax office gave out, with their kind")
                .done();
        return new W8Ben(
                        requireNonNullElse(name, ""),
                        requireNonNullElse(citizenship, ""),
                        Objects.requireNonNull(address),
                        mailingAddress,
                        number ? tin().orElseThrow() : null,
                        requireNonNullElse(foreignTaxNumber, ""),
                        requireNonNullElse(foreignTaxNumberNotRequired, false),
                        requireNonNullElse(reference, ""),
                        Objects.requireNonNull(bornOn),
                        treaty == null ? null : treaty.claimed(),
                        SignatureInput.signed(signature, now))
                .checked(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    private Optional<Tin> tin() {
        if (usTaxpayerNumberKind == null || usTaxpayerNumber == null) return Optional.empty();
        return Tin.parse(usTaxpayerNumberKind, usTaxpayerNumber);
    }

    /** Neither name nor numbers stand in a log. */
    @Override
    public String toString() {
        return "w8ben";
    }
}
