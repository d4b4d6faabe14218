package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How an invited person says yes. The token stands in the body, never in an address, which logs and proxies keep. */
@Schema(name = "InvitationAcceptanceInput")
record InvitationAnswer(
        @Schema(examples = "tri_Zk3v9ANqT0bYw1c8dX2eR5fG7hJ9kL3mP6qS8tU0vW4", required = true) @Nullable String token,
        @Schema(
                        examples = "agr_01h455vb4pex5vsknk084sn02q",
                        description = "The program's agreement; needed where it has one")
                @Nullable
                String agreementId,
        @Schema(examples = "true", description = "That it was read and accepted") @Nullable Boolean accepted) {
    /** Throws a problem that names every field that cannot be so. */
    InvitationAnswer checked() {
        new FieldErrors()
                .require(token != null && !token.isBlank(), "token", "required", "token is missing")
                .require(
                        agreementId == null
                                || TypeId.AGREEMENT.parse(agreementId).isPresent(),
                        "agreementId",
                        "malformed",
                        "agreementId starts with agr_")
                .done();
        return this;
    }

    @Nullable
    UUID agreement() {
        return agreementId == null ? null : TypeId.AGREEMENT.parse(agreementId).orElseThrow();
    }

    @Override
    public String toString() {
        return "InvitationAnswer[" + agreementId + ", " + accepted + "]";
    }
}
