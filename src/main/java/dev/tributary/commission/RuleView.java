package dev.tributary.commission;

import dev.tributary.commission.rule.Terms;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A commission rule as the API shows it. */
@Schema(name = "CommissionRule")
record RuleView(
        @Schema(examples = "crl_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "1", description = "Counts up with each change; commissions name the one they follow")
                int version,
        @Schema(examples = "percentage") String kind,
        Scope scope,
        @Schema(nullable = true, examples = "enr_01h455vb4pex5vsknk084sn02q") @Nullable String enrollmentId,
        @Schema(nullable = true, examples = "tir_01h455vb4pex5vsknk084sn02q") @Nullable String tierId,
        Instant validFrom,
        @Schema(nullable = true, description = "It counts for what is sold before") @Nullable Instant validUntil,
        @Schema(nullable = true) @Nullable CapInput cap,
        Terms terms,
        boolean active,
        @Schema(description = "When this version was made") Instant createdAt) {

    /** The most that a rule gives one enrollment in a period. */
    @Schema(name = "CommissionRuleCap")
    record CapInput(Cap.@Nullable Period period, @Nullable Money amount) {}

    static RuleView of(StoredRule r, String currency) {
        return new RuleView(
                TypeId.COMMISSION_RULE.format(r.id()),
                TypeId.PROGRAM.format(r.programId()),
                r.number(),
                r.kind(),
                r.scope(),
                r.enrollmentId() == null ? null : TypeId.ENROLLMENT.format(r.enrollmentId()),
                r.tierId() == null ? null : TypeId.TIER.format(r.tierId()),
                r.validFrom(),
                r.validUntil(),
                r.cap() == null
                        ? null
                        : new CapInput(r.cap().period(), new Money(r.cap().amountMinor(), currency)),
                r.terms(),
                r.active(),
                r.createdAt());
    }
}
