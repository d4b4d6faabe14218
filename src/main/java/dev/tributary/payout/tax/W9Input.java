package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A W-9 as a US person fills it in, with the fields of Form W-9 (Rev. 3-2024). */
record W9Input(
        @Schema(examples = "Ann Example", maxLength = 200, description = "Line 1") @Nullable String name,
        @Schema(examples = "", maxLength = 200, description = "Line 2, where it differs") @Nullable String businessName,
        @Schema(description = "Line 3a") @Nullable Classification classification,
        @Schema(examples = "", description = "Line 3a in words, where it is `other`") @Nullable
                String otherClassification,
        @Schema(description = "Line 3b: of partnerships, trusts and estates") @Nullable Boolean foreignOwners,
        @Schema(examples = "", description = "Line 4: 1 to 13, or empty") @Nullable String exemptPayeeCode,
        @Schema(examples = "", description = "Line 4: A to M, or empty") @Nullable String fatcaCode,
        @Schema(description = "Lines 5 and 6") @Nullable PostalAddress address,
        @Schema(examples = "", description = "Line 7, or empty") @Nullable String accountNumbers,
        @Schema(description = "Part I: which number it is") @Nullable TinKind taxpayerNumberKind,
        @Schema(examples = "536-22-1234", description = "Part I. Kept encrypted, shown by its last four digits")
                @Nullable
                String taxpayerNumber,
        @Schema(description = "Whether item 2 of part II is crossed out: the IRS said that tax must be withheld")
                @Nullable
                Boolean notifiedOfWithholding,
        @Schema(description = "Part II") @Nullable SignatureInput signature) {
    W9 signed(Instant now) {
        if (classification == null || address == null) refuse();
        return new W9(
                        requireNonNullElse(name, ""),
                        requireNonNullElse(businessName, ""),
                        Objects.requireNonNull(classification),
                        requireNonNullElse(otherClassification, ""),
                        requireNonNullElse(foreignOwners, false),
                        requireNonNullElse(exemptPayeeCode, ""),
                        requireNonNullElse(fatcaCode, ""),
                        Objects.requireNonNull(address),
                        requireNonNullElse(accountNumbers, ""),
                        tin(),
                        requireNonNullElse(notifiedOfWithholding, false),
                        SignatureInput.signed(signature, now))
                .checked();
    }

    /** Without these two nothing else can be looked at: all that is not there is named. */
    private void refuse() {
        new FieldErrors()
                .require(Lines.isSaid(name), "name", "required", "name is missing")
                .require(classification != null, "classification", "required", "classification is missing")
                .require(address != null, "address", "required", "address is missing")
                .require(taxpayerNumberKind != null, "taxpayerNumberKind", "required", "taxpayerNumberKind is missing")
                .require(Lines.isSaid(taxpayerNumber), "taxpayerNumber", "required", "taxpayerNumber is missing")
                .require(signature != null, "signature", "required", "signature is missing")
                .done();
    }

    private @Nullable Tin tin() {
        if (taxpayerNumberKind == null || taxpayerNumber == null) return null;
        return Tin.parse(taxpayerNumberKind, taxpayerNumber).orElse(null);
    }

    /** Neither name nor numbers stand in a log. */
    @Override
    public String toString() {
        return "w9";
    }
}
