package dev.tributary.payout.tax;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who pays, as the tax office knows them. */
@Schema(name = "TaxPayer")
record PayerView(
        @Schema(examples = "Example Inc.") String name,
        @Schema(examples = "12-3456789") String ein,
        PostalAddress address,
        @Schema(examples = "+1 555 0100") String phone,
        @Schema(description = "Whether tax is withheld where the law asks for it") boolean backupWithholding) {
    static PayerView of(Payer payer) {
        return new PayerView(payer.name(), payer.ein(), payer.address(), payer.phone(), payer.withholds());
    }
}
