package dev.tributary.payout.tax;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tax form as staff and its owner see it: of numbers the last four, of the birthday nothing. */
@Schema(name = "TaxForm")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RedactedForm(
        FormKind kind,
        @Schema(examples = "Ann Example") String name,
        @Schema(examples = "") String businessName,
        @Schema(nullable = true) @Nullable Classification classification,
        @Schema(nullable = true) @Nullable TinKind taxpayerNumberKind,
        @Schema(examples = "6789", description = "The last four digits, or empty") String taxpayerNumberLastFour,
        @Schema(examples = "", description = "The last four characters of a foreign number, or empty")
                String foreignTaxNumberLastFour,
        PostalAddress address,
        @Schema(examples = "", description = "Empty where no treaty is claimed") String treatyCountry,
        @Schema(description = "Whether tax is withheld from what is paid") boolean backupWithholding,
        @Schema(examples = "Ann Example") String signedBy,
        Instant signedAt,
        @Schema(nullable = true, description = "The last day on which it holds; null where it does not expire")
                @Nullable
                LocalDate lastDay) {
    /** A number this short would be shown whole. */
    private static final int SHORT = 8;

    public static RedactedForm of(TaxForm form, ZoneId payer) {
        W9 w9 = form instanceof W9 given ? given : null;
        W8Ben w8 = form instanceof W8Ben given ? given : null;
        return new RedactedForm(
                form.kind(),
                form.name(),
                w9 == null ? "" : w9.businessName(),
                w9 == null ? null : w9.classification(),
                form.tin().map(Tin::kind).orElse(null),
                form.tin().map(Tin::lastFour).orElse(""),
                w8 == null ? "" : lastFour(w8.foreignTaxNumber()),
                form.address(),
                w8 == null || w8.treaty() == null ? "" : w8.treaty().country(),
                form.isSubjectToBackupWithholding(),
                form.signature().name(),
                form.signature().at(),
                form.lastDay(payer).orElse(null));
    }

    private static String lastFour(String number) {
        String bare = number.replaceAll("[^\\p{L}\\p{N}]", "");
        return bare.length() < SHORT ? "" : bare.substring(bare.length() - 4);
    }
}
