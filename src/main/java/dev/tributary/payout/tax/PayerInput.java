package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who pays, as the tax office knows them. */
@Schema(name = "TaxPayerInput")
record PayerInput(
        @Schema(examples = "Example Inc.", maxLength = 200) @Nullable String name,
        @Schema(examples = "12-3456789", description = "The employer number") @Nullable String ein,
        @Nullable PostalAddress address,
        @Schema(examples = "+1 555 0100", maxLength = 50) @Nullable String phone,
        @Schema(
                        description =
                                "Whether tax is withheld (24 %) from whoever gave no form, or of whom the form or the IRS says"
                                        + " so")
                @Nullable
                Boolean backupWithholding) {
    Payer checked() {
        new FieldErrors()
                .require(address != null, "address", "required", "address is missing")
                .done();
        return new Payer(
                        requireNonNullElse(name, ""),
                        requireNonNullElse(ein, ""),
                        Objects.requireNonNull(address),
                        requireNonNullElse(phone, ""),
                        requireNonNullElse(backupWithholding, false))
                .checked();
    }
}
