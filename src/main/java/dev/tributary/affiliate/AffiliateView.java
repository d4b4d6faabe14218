package dev.tributary.affiliate;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An affiliate as the API shows it. */
@Schema(name = "Affiliate")
record AffiliateView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "Ecofluencer") String name,
        @Schema(examples = "eco@example.com") String email,
        Affiliate.Status status,
        @Schema(examples = "DE") String country,
        Instant createdAt,
        Instant updatedAt) {
    static AffiliateView of(Affiliate a) {
        return new AffiliateView(
                TypeId.AFFILIATE.format(a.id()),
                a.name(),
                a.email(),
                a.status(),
                a.country(),
                a.createdAt(),
                a.updatedAt());
    }
}
