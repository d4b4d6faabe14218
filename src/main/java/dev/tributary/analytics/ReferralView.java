package dev.tributary.analytics;

import dev.tributary.conversion.Referral;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer whom the affiliate brought, without anything that tells who it is. */
@Schema(name = "Referral")
record ReferralView(
        @Schema(examples = "ref_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "converted",
                        enumeration = {"signed_up", "converted", "churned"})
                String status,
        @Schema(examples = "newsletter") String src,
        @Schema(examples = "2026-11-01T10:15:30Z") Instant signedUpAt,
        @Schema(nullable = true, examples = "2026-11-03T08:00:00Z", description = "The first sale") @Nullable
                Instant convertedAt) {
    static final List<String> STATUSES = List.of("signed_up", "converted", "churned");

    static final Csv<Entry> CSV = new Csv<>(
            List.of("id", "programId", "status", "src", "signedUpAt", "convertedAt"),
            e -> List.of(
                    e.view.id,
                    e.view.programId,
                    e.view.status,
                    e.view.src,
                    e.view.signedUpAt.toString(),
                    e.view.convertedAt == null ? "" : e.view.convertedAt.toString()));

    /** With the id by which its list goes on. */
    record Entry(UUID id, ReferralView view) {}

    static Entry of(Referral referral) {
        return new Entry(
                referral.id(),
                new ReferralView(
                        TypeId.REFERRAL.format(referral.id()),
                        TypeId.PROGRAM.format(referral.programId()),
                        referral.status(),
                        referral.src(),
                        referral.signedUpAt(),
                        referral.convertedAt()));
    }
}
