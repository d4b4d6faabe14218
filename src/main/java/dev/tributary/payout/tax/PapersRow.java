package dev.tributary.payout.tax;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the papers of one among many stand. */
record PapersRow(
        UUID affiliateId,
        String name,
        String country,
        String status,
        @Nullable FormKind kind,
        @Nullable Instant submittedAt,
        @Nullable LocalDate lastDay,
        @Nullable Instant remindedAt) {
    static final Csv<PapersRow> CSV = new Csv<>(
            List.of("affiliateId", "name", "country", "status", "kind", "submittedAt", "lastDay", "remindedAt"),
            row -> List.of(
                    TypeId.AFFILIATE.format(row.affiliateId),
                    row.name,
                    row.country,
                    row.status,
                    row.kind == null ? "" : row.kind.word(),
                    text(row.submittedAt),
                    text(row.lastDay),
                    text(row.remindedAt)));

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** As the API shows it. */
    @Schema(name = "TaxPapersRow")
    record View(
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
            @Schema(examples = "Ann Example") String name,
            @Schema(examples = "US") String country,
            @Schema(
                            examples = "missing",
                            enumeration = {"missing", "submitted", "verified", "expired"})
                    String status,
            @Schema(nullable = true) @Nullable FormKind kind,
            @Schema(nullable = true) @Nullable Instant submittedAt,
            @Schema(nullable = true, description = "The last day on which the form holds") @Nullable LocalDate lastDay,
            @Schema(nullable = true, description = "When they were last asked for a form") @Nullable
                    Instant remindedAt) {}

    View view() {
        return new View(
                TypeId.AFFILIATE.format(affiliateId), name, country, status, kind, submittedAt, lastDay, remindedAt);
    }
}
