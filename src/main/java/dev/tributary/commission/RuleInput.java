package dev.tributary.commission;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.commission.rule.CommissionRule;
import dev.tributary.commission.rule.CommissionRule.Role;
import dev.tributary.commission.rule.RuleKinds;
import dev.tributary.commission.rule.Terms;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.program.Program;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a rule is made from or changed to: in a change, fields left out stay as they are; kind and scope cannot change. */
@Schema(name = "CommissionRuleInput")
record RuleInput(
        @Schema(
                        examples = "percentage",
                        description =
                                "percentage, flat, recurring, product, sign_up_bonus, volume_bonus or upline; cannot"
                                        + " change")
                @Nullable
                String kind,
        @Schema(description = "program unless given; product rules are product; cannot change") @Nullable Scope scope,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q", description = "For scope enrollment; cannot change")
                @Nullable
                String enrollmentId,
        @Schema(examples = "tir_01h455vb4pex5vsknk084sn02q", description = "For scope tier; cannot change") @Nullable
                String tierId,
        @Schema(examples = "2026-12-01T00:00:00Z", description = "Now unless given") @Nullable Instant validFrom,
        @Schema(implementation = Instant.class, description = "null takes an end away") @Nullable
                Optional<Instant> validUntil,
        @Schema(implementation = RuleView.CapInput.class, description = "null takes a cap away") @Nullable
                Optional<RuleView.CapInput> cap,
        @Nullable Terms terms,
        @Schema(description = "true unless given") @Nullable Boolean active) {
    private static final long MOST_MONEY = 1_000_000_000_000L;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    StoredRule make(UUID id, Program program, RuleKinds kinds, Instant now) {
        CommissionRule rule = kinds.find(requireNonNullElse(kind, ""))
                .orElseThrow(() ->
                        Problem.field("kind", "unknown_value", "kind is one of " + String.join(", ", kinds.words())));
        Scope meant = scope != null ? scope : rule.role() == Role.PRODUCT ? Scope.PRODUCT : Scope.PROGRAM;
        new FieldErrors()
                .require(terms != null, "terms", "required", "terms are missing")
                .require(
                        (rule.role() == Role.PRODUCT) == (meant == Scope.PRODUCT) && meant != Scope.AGREEMENT,
                        "scope",
                        "not_of_this_kind",
                        "A rule of kind " + rule.kind() + " cannot have the scope " + meant.word())
                .require(
                        rule.role() != Role.UPLINE || meant == Scope.PROGRAM,
                        "scope",
                        "not_of_this_kind",
                        "Recruiters share by the program's rule")
                .require(
                        (meant == Scope.ENROLLMENT) == (enrollmentId != null),
                        "enrollmentId",
                        "required",
                        "enrollmentId is given exactly with scope enrollment")
                .require(
                        (meant == Scope.TIER) == (tierId != null),
                        "tierId",
                        "required",
                        "tierId is given exactly with scope tier")
                .done();
        StoredRule blank = new StoredRule(
                id,
                0,
                program.id(),
                rule.kind(),
                meant,
                id("enrollmentId", enrollmentId, TypeId.ENROLLMENT),
                id("tierId", tierId, TypeId.TIER),
                now,
                null,
                null,
                Terms.share(0),
                true,
                now);
        return changed(blank, program, kinds, now);
    }

    StoredRule over(StoredRule old, Program program, RuleKinds kinds, Instant now) {
        new FieldErrors()
                .require(kind == null, "kind", "read_only", "kind of a rule cannot change")
                .require(scope == null, "scope", "read_only", "scope of a rule cannot change")
                .require(enrollmentId == null, "enrollmentId", "read_only", "enrollmentId of a rule cannot change")
                .require(tierId == null, "tierId", "read_only", "tierId of a rule cannot change")
                .done();
        return changed(old, program, kinds, now);
    }

    private StoredRule changed(StoredRule old, Program program, RuleKinds kinds, Instant now) {
        StoredRule next = new StoredRule(
                old.id(),
                old.number() + 1,
                old.programId(),
                old.kind(),
                old.scope(),
                old.enrollmentId(),
                old.tierId(),
                requireNonNullElse(validFrom, old.validFrom()),
                validUntil == null ? old.validUntil() : validUntil.orElse(null),
                cap == null
                        ? old.cap()
                        : cap.map(given -> capOf(given, program)).orElse(null),
                requireNonNullElse(terms, old.terms()),
                requireNonNullElse(active, old.active()),
                now);
        check(next, program, kinds);
        return next;
    }

    private void check(StoredRule next, Program program, RuleKinds kinds) {
        FieldErrors errors = new FieldErrors()
                .allow(
                        next.validFrom().isAfter(EARLIEST) && next.validFrom().isBefore(LATEST),
                        "validFrom",
                        "out_of_range",
                        "validFrom is between 1970 and 9999")
                .allow(
                        next.validUntil() == null
                                || next.validUntil().isAfter(next.validFrom())
                                        && next.validUntil().isBefore(LATEST),
                        "validUntil",
                        "out_of_range",
                        "validUntil is after validFrom");
        if (terms != null) {
            terms.check(kinds.of(next.kind()), errors);
            for (Money each : terms.amounts())
                errors.allow(
                        each == null || each.currency().equals(program.currency()),
                        "terms.amount",
                        "other_currency",
                        "The program's currency is " + program.currency());
        }
        errors.done();
    }

    private static Cap capOf(RuleView.CapInput given, Program program) {
        new FieldErrors()
                .require(given.period() != null, "cap.period", "required", "period is missing")
                .require(given.amount() != null, "cap.amount", "required", "amount is missing")
                .allow(
                        given.amount() == null
                                || given.amount().amount() >= 0
                                        && given.amount().amount() <= MOST_MONEY,
                        "cap.amount",
                        "out_of_range",
                        "amount is 0 to " + MOST_MONEY + " minor units")
                .allow(
                        given.amount() == null || given.amount().currency().equals(program.currency()),
                        "cap.amount",
                        "other_currency",
                        "The program's currency is " + program.currency())
                .done();
        return new Cap(
                Objects.requireNonNull(given.period()),
                Objects.requireNonNull(given.amount()).amount());
    }

    private static @Nullable UUID id(String field, @Nullable String text, TypeId kind) {
        if (text == null) return null;
        return kind.parse(text)
                .orElseThrow(() -> Problem.field(field, "malformed", field + " starts with " + kind.prefix()));
    }
}
