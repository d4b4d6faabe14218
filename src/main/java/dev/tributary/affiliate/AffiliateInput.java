package dev.tributary.affiliate;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an affiliate is made from or changed to: in a change, fields left out stay as they are. */
record AffiliateInput(
        @Schema(examples = "Ecofluencer") @Nullable String name,
        @Schema(examples = "eco@example.com") @Nullable String email,
        @Schema(description = "Active unless told otherwise") Affiliate.@Nullable Status status,
        @Schema(examples = "DE", description = "ISO 3166-1 alpha-2") @Nullable String country) {
    Affiliate make(UUID id, Instant now) {
        return over(new Affiliate(id, "", "", Affiliate.Status.ACTIVE, "", now, now), now);
    }

    Affiliate over(Affiliate old, Instant now) {
        return new Affiliate(
                        old.id(),
                        Objects.requireNonNullElse(name, old.name()),
                        Objects.requireNonNullElse(email, old.email()),
                        Objects.requireNonNullElse(status, old.status()),
                        Objects.requireNonNullElse(country, old.country()),
                        old.createdAt(),
                        now)
                .checked();
    }
}
