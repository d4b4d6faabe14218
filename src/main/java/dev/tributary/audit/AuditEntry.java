package dev.tributary.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One entry of the record of changes, as the API shows it. */
@Schema(name = "AuditEntry")
record AuditEntry(
        @JsonIgnore UUID uuid,
        @Schema(description = "When it was done") Instant at,
        @Schema(
                        examples = "user",
                        enumeration = {"user", "anonymous", "system"},
                        description = "What kind of actor it was")
                String actorKind,
        @Schema(examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11", description = "The subject of the actor's token")
                String actorId,
        @Schema(examples = "b7ad6b7169203331", description = "The request that did it, as in the log") String requestId,
        @Schema(examples = "link.update", description = "The kind of object and what was done to it") String action,
        @Schema(examples = "lnk_01h455vb4pex5vsknk084sn02q", description = "What was changed") String objectId,
        @Schema(nullable = true, description = "The object before, personal fields blanked; null when it was new")
                @Nullable
                Map<String, Object> before,
        @Schema(nullable = true, description = "The object after, personal fields blanked; null when it is gone")
                @Nullable
                Map<String, Object> after) {
    @Schema(examples = "aud_01h455vb4pex5vsknk084sn02q")
    public String getId() {
        return TypeId.AUDIT.format(uuid);
    }
}
