package dev.tributary.conversion.track;

import dev.tributary.conversion.Credit;
import dev.tributary.id.TypeId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The share of one affiliate in a conversion. */
@Schema(name = "Credit")
public record CreditView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
        @Schema(
                        examples = "lnk_01h455vb4pex5vsknk084sn02q",
                        nullable = true,
                        description = "The link of the click that counts; null where a code or the customer counted")
                @Nullable
                String linkId,
        @Schema(examples = "newsletter", description = "The click's source tag") String src,
        @Schema(examples = "10000", description = "In basis points; together exactly 10000") int weightBps) {
    public static CreditView of(Credit credit) {
        return new CreditView(
                TypeId.AFFILIATE.format(credit.affiliateId()),
                TypeId.ENROLLMENT.format(credit.enrollmentId()),
                credit.linkId() == null ? null : TypeId.LINK.format(credit.linkId()),
                credit.src(),
                credit.weightBps());
    }
}
