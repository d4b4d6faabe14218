package dev.tributary.promo;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a code is made from or changed to: in a change, fields left out stay as they are and the first three are refused. */
@Schema(name = "DiscountCodeInput")
record DiscountCodeInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") @Nullable String programId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q", description = "Whose it is; nobody's unless given")
                @Nullable
                String affiliateId,
        @Schema(
                        examples = "LAUNCH20",
                        description =
                                "2 to 64 letters, digits and - _ . within, in any case. One an installation, twins by look refused")
                @Nullable
                String code,
        @Schema(examples = "Launch campaign", maxLength = 1000, description = "A note for staff") @Nullable
                String description,
        Discount.@Nullable Type discountType,
        @Schema(
                        examples = "2000",
                        description = "Basis points of a percentage, minor units of the program's currency if fixed")
                @Nullable
                Long discountValue,
        @Schema(description = "once unless given") Discount.@Nullable Span duration,
        @Schema(
                        implementation = Integer.class,
                        examples = "3",
                        description = "Of a repeating discount, 1 to 120; null takes it away")
                @Nullable
                Optional<Integer> durationMonths,
        @Schema(implementation = Integer.class, examples = "500", description = "null: any number") @Nullable
                Optional<Integer> maxUses,
        @Schema(implementation = Integer.class, examples = "1", description = "1 unless given; null: any number")
                @Nullable
                Optional<Integer> maxUsesPerCustomer,
        @Schema(
                        implementation = String.class,
                        examples = "pro",
                        description = "This plan of the program and those above it; null: any")
                @Nullable
                Optional<String> minimumPlan,
        @Schema(description = "Plans for which it is good alone; empty: all") @Nullable List<@Nullable String> plans,
        @Schema(description = "SKUs from whose price alone it takes; empty: all") @Nullable
                List<@Nullable String> products,
        @Schema(description = "Whether it may be used together with others that may; false unless given") @Nullable
                Boolean stackable,
        @Schema(description = "active unless given; expired cannot be chosen") @Nullable CodeStatus status,
        @Schema(implementation = Instant.class, description = "null: at once") @Nullable Optional<Instant> startsAt,
        @Schema(implementation = Instant.class, description = "null: never") @Nullable Optional<Instant> expiresAt) {

    /** The three that make a code what it is cannot change. */
    DiscountCodeInput asChange() {
        refuse("programId", programId);
        refuse("affiliateId", affiliateId);
        refuse("code", code);
        return this;
    }

    private static void refuse(String field, @Nullable String value) {
        if (value != null) throw Problem.field(field, "read_only", field + " of a code cannot change");
    }

    /** The code with what is given here; throws a problem that names every field that cannot be so. */
    DiscountCode over(DiscountCode old, CodeRules rules, Instant now) {
        Discount.Span span = requireNonNullElse(duration, old.discount().span());
        Discount.Type type = requireNonNullElse(discountType, old.discount().type());
        Integer months = durationMonths == null ? old.discount().months() : durationMonths.orElse(null);
        if (durationMonths == null && span != Discount.Span.REPEATING) months = null;
        DiscountCode.Limits limits = new DiscountCode.Limits(
                maxUses == null ? old.limits().uses() : maxUses.orElse(null),
                maxUsesPerCustomer == null ? old.limits().usesPerCustomer() : maxUsesPerCustomer.orElse(null));
        Draft draft = new Draft(
                type,
                requireNonNullElse(discountValue, old.discount().value()),
                span,
                months,
                limits,
                minimumPlan == null ? old.scope().minimumPlan() : minimumPlan.orElse(null),
                CodeRules.words(plans == null ? List.copyOf(old.scope().plans()) : plans),
                CodeRules.words(products == null ? List.copyOf(old.scope().products()) : products),
                startsAt == null ? old.startsAt() : startsAt.orElse(null),
                expiresAt == null ? old.expiresAt() : expiresAt.orElse(null),
                requireNonNullElse(description, old.description()),
                next(old, now));
        rules.check(draft, old, now);
        return with(old, draft, now);
    }

    /** Expired is no choice: who takes the end away or sets a later one wants the code active. */
    private CodeStatus next(DiscountCode old, Instant now) {
        if (status != null) return status;
        CodeStatus current = old.statusAt(now);
        boolean revived = current == CodeStatus.EXPIRED
                && expiresAt != null
                && expiresAt.map(now::isBefore).orElse(true);
        return revived ? CodeStatus.ACTIVE : current;
    }

    /** What the code would be, before it is known whether it may. */
    record Draft(
            Discount.Type type,
            long value,
            Discount.Span span,
            @Nullable Integer months,
            DiscountCode.Limits limits,
            @Nullable String minimumPlan,
            List<String> plans,
            List<String> products,
            @Nullable Instant startsAt,
            @Nullable Instant expiresAt,
            String description,
            CodeStatus status) {}

    private DiscountCode with(DiscountCode old, Draft d, Instant now) {
        return new DiscountCode(
                old.id(),
                old.programId(),
                old.programCurrency(),
                old.enrollmentId(),
                old.affiliateId(),
                old.code(),
                d.description,
                new Discount(
                        d.type,
                        d.value,
                        d.type == Discount.Type.FIXED_AMOUNT ? old.programCurrency() : null,
                        d.span,
                        d.months),
                d.limits,
                new DiscountCode.Scope(d.minimumPlan, d.plans, d.products),
                requireNonNullElse(stackable, old.stackable()),
                d.status,
                old.suspended(),
                d.startsAt,
                d.expiresAt,
                old.used(),
                old.batchId(),
                old.createdBy(),
                old.version(),
                old.createdAt(),
                now);
    }
}
