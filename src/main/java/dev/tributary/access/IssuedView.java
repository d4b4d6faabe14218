package dev.tributary.access;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A new API key with its secret, as it is shown once. */
@Schema(name = "IssuedApiKey")
public record IssuedView(
        @Schema(examples = "key_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(
                        examples = "trk_Zk3v9ANqT0bYw1c8dX2eR5fG7hJ9kL3mP6qS8tU0vW4",
                        nullable = true,
                        description = "Shown now and never again; null in the answer to a repeated Idempotency-Key")
                @Nullable
                String secret,
        ApiKeyView key)
        implements ShownOnce {
    public static IssuedView of(Issued issued, Instant now) {
        ApiKeyView key = ApiKeyView.of(issued.key(), now);
        return new IssuedView(key.id(), issued.secret(), key);
    }

    @Override
    public IssuedView withoutSecret() {
        return new IssuedView(id, null, key);
    }

    @Override
    public String toString() {
        return "IssuedView[" + id + "]";
    }
}
