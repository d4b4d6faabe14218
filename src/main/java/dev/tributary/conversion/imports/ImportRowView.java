package dev.tributary.conversion.imports;

import dev.tributary.conversion.imports.ImportRepository.Noted;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of an import that somebody should look at. */
@Schema(name = "ImportRow")
record ImportRowView(
        @Schema(examples = "17", description = "From 1, the header not counted") long row,
        @Schema(
                        examples = "refused",
                        enumeration = {"rejected", "waiting", "refused"},
                        description = "Refused: not stored; mend it and send it again")
                String result,
        @Schema(examples = "order-10023") String externalId,
        @Schema(nullable = true, examples = "cnv_01h455vb4pex5vsknk084sn02q", description = "Where it is stored")
                @Nullable
                String conversionId,
        @Schema(examples = "out_of_range", description = "What is wrong, or the reason of a rejection") String code,
        @Schema(examples = "amount is 1 to 1000000000000 minor units") String detail) {
    static final Csv<Noted> CSV = new Csv<>(
            List.of("row", "result", "externalId", "conversionId", "code", "detail"),
            noted -> List.of(
                    Long.toString(noted.row()),
                    noted.result(),
                    noted.externalId(),
                    noted.conversionId() == null ? "" : TypeId.CONVERSION.format(noted.conversionId()),
                    noted.code(),
                    noted.detail()));

    static ImportRowView of(Noted noted) {
        return new ImportRowView(
                noted.row(),
                noted.result(),
                noted.externalId(),
                noted.conversionId() == null ? null : TypeId.CONVERSION.format(noted.conversionId()),
                noted.code(),
                noted.detail());
    }
}
