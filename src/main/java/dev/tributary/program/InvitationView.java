package dev.tributary.program;

import dev.tributary.access.ShownOnce;
import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An invitation as the API shows it; with its token only where that was just made. */
@Schema(name = "Invitation")
record InvitationView(
        @Schema(examples = "inv_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco Goods") String programName,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "Ecofluencer") String name,
        @Schema(examples = "eco@example.com") String email,
        Invitation.Status status,
        @Schema(
                        examples = "tri_Zk3v9ANqT0bYw1c8dX2eR5fG7hJ9kL3mP6qS8tU0vW4",
                        nullable = true,
                        description =
                                "Shown when it is made and never again; null in the answer to a repeated Idempotency-Key")
                @Nullable
                String token,
        @Schema(examples = "ECO10", nullable = true, description = "The code that is kept for them, or that they have")
                @Nullable
                String referralCode,
        @Schema(examples = "ECO10", nullable = true) @Nullable String promoCode,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String enrollmentId,
        Instant expiresAt,
        @Schema(nullable = true) @Nullable Instant acceptedAt,
        Instant createdAt,
        Instant updatedAt)
        implements ShownOnce {
    static InvitationView of(InvitationListing listing, @Nullable InvitationToken token, Instant now) {
        Invitation i = listing.invitation();
        return new InvitationView(
                TypeId.INVITATION.format(i.id()),
                TypeId.PROGRAM.format(i.programId()),
                listing.programName(),
                TypeId.AFFILIATE.format(i.affiliateId()),
                listing.name(),
                listing.email(),
                i.status(now),
                token == null ? null : token.text(),
                listing.enrollmentCode() == null ? i.referralCode() : listing.enrollmentCode(),
                i.promoCode(),
                listing.enrollmentId() == null ? null : TypeId.ENROLLMENT.format(listing.enrollmentId()),
                i.expiresAt(),
                i.acceptedAt(),
                i.createdAt(),
                i.updatedAt());
    }

    @Override
    public InvitationView withoutSecret() {
        return new InvitationView(
                id,
                programId,
                programName,
                affiliateId,
                name,
                email,
                status,
                null,
                referralCode,
                promoCode,
                enrollmentId,
                expiresAt,
                acceptedAt,
                createdAt,
                updatedAt);
    }

    @Override
    public String toString() {
        return "InvitationView[" + id + "]";
    }
}
