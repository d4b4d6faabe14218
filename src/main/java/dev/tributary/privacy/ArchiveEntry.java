package dev.tributary.privacy;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One row of what is held about a person. */
@Schema(name = "PersonalDataEntry")
public record ArchiveEntry(
        @Schema(examples = "affiliate", description = "What it is: affiliate, apiKeys, changes, violations ...")
                String kind,
        @Schema(description = "The row, as it is stored") Map<String, Object> data) {}
