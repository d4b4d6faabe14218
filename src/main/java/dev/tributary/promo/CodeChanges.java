package dev.tributary.promo;

import dev.tributary.access.Caller;
import dev.tributary.audit.Change;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.program.Enrollment;
import dev.tributary.program.Plan;
import dev.tributary.program.Plans;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes and changes discount codes for staff, each change told to whoever follows. */
@ApplicationScoped
class CodeChanges {
    private final DiscountCodeRepository repository;
    private final CodeQueries queries;
    private final CodeOwners owners;
    private final CodeNews news;
    private final Programs programs;
    private final Plans plans;
    private final Caller caller;
    private final Ids ids;
    private final Clock clock;

    CodeChanges(
            DiscountCodeRepository repository,
            CodeQueries queries,
            CodeOwners owners,
            CodeNews news,
            Programs programs,
            Plans plans,
            Caller caller,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.queries = queries;
        this.owners = owners;
        this.news = news;
        this.programs = programs;
        this.plans = plans;
        this.caller = caller;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<Change> create(SqlConnection tx, DiscountCodeInput input) {
        String text = text(input.code());
        return blank(tx, input, text)
                .chain(blank -> rules(tx, blank).map(rules -> input.over(blank, rules, now())))
                .chain(made -> repository
                        .insert(tx, made)
                        .chain(written -> news.changed(tx, written))
                        .replaceWith(() ->
                                Change.created(TypeId.DISCOUNT_CODE, made.id(), DiscountCodeView.of(made, now()))));
    }

    /** What codes generated together are, whatever their texts. */
    Uni<DiscountCode> like(SqlConnection tx, DiscountCodeInput input) {
        return blank(tx, input, "").chain(blank -> rules(tx, blank).map(rules -> input.over(blank, rules, now())));
    }

    /** The text of a new code as it will be shown: as typed, without blanks around it. */
    private static String text(@Nullable String code) {
        new FieldErrors()
                .require(code != null && !code.isBlank(), "code", "required", "code is missing")
                .done();
        String text = Objects.requireNonNullElse(code, "").strip();
        DiscountCodeText.check(text).ifPresent(bad -> {
            throw Problem.field("code", bad.code(), bad.message());
        });
        return text;
    }

    /** A code that takes nothing off, before what is asked for is laid over it. */
    private Uni<DiscountCode> blank(SqlConnection tx, DiscountCodeInput input, String text) {
        new FieldErrors()
                .require(input.programId() != null, "programId", "required", "programId is missing")
                .require(input.discountValue() != null, "discountValue", "required", "discountValue is missing")
                .done();
        UUID program = id("programId", input.programId(), TypeId.PROGRAM);
        return programs.find(tx, program)
                .map(found ->
                        found.orElseThrow(() -> Problem.field("programId", "unknown", "There is no such program")))
                .chain(found -> owner(tx, input, found).map(owner -> blank(found, owner, text)));
    }

    private Uni<Optional<CodeOwners.Owner>> owner(SqlConnection tx, DiscountCodeInput input, Program program) {
        if (input.affiliateId() == null) return Uni.createFrom().item(Optional.empty());
        UUID affiliate = id("affiliateId", input.affiliateId(), TypeId.AFFILIATE);
        return programs.enrollment(tx, program.id(), affiliate)
                .map(found -> found.map(Enrollment::id)
                        .orElseThrow(() ->
                                Problem.field("affiliateId", "not_enrolled", "This affiliate is not in this program")))
                .chain(enrollment -> owners.lock(tx, enrollment, affiliate))
                .map(Optional::of);
    }

    private DiscountCode blank(Program program, Optional<CodeOwners.Owner> owner, String text) {
        Instant now = now();
        return new DiscountCode(
                ids.next(),
                program.id(),
                program.currency(),
                owner.map(CodeOwners.Owner::enrollmentId).orElse(null),
                owner.map(CodeOwners.Owner::affiliateId).orElse(null),
                text,
                "",
                Discount.NONE,
                new DiscountCode.Limits(null, 1),
                DiscountCode.Scope.ALL,
                false,
                CodeStatus.ACTIVE,
                owner.map(CodeOwners.Owner::suspended).orElse(false),
                null,
                null,
                DiscountCode.Used.NEVER,
                null,
                caller.id(),
                0,
                now,
                now);
    }

    private Uni<CodeRules> rules(SqlConnection tx, DiscountCode code) {
        return plans.of(tx, code.programId())
                .map(all -> all.stream().map(Plan::slug).toList())
                .chain(slugs -> queries.mostOfOneCustomer(tx, code.id()).map(most -> new CodeRules(slugs, most)));
    }

    Uni<Change> update(SqlConnection tx, UUID id, DiscountCodeInput input) {
        return locked(tx, id)
                .chain(old -> rules(tx, old).chain(rules -> replace(tx, old, input.over(old, rules, now()))));
    }

    /** Of an archived one nothing changes, and nothing is told. */
    Uni<Change> archive(SqlConnection tx, UUID id) {
        return locked(tx, id).chain(old -> old.status().isFinal() ? same(old) : replace(tx, old, archived(old)));
    }

    private Uni<Change> same(DiscountCode code) {
        DiscountCodeView view = DiscountCodeView.of(code, now());
        return Uni.createFrom().item(new Change("discount_code.archive", TypeId.DISCOUNT_CODE, code.id(), view, view));
    }

    private Uni<Change> replace(SqlConnection tx, DiscountCode old, DiscountCode changed) {
        Instant now = now();
        return repository
                .update(tx, changed)
                .chain(written -> news.changed(tx, written))
                .replaceWith(() -> Change.updated(
                        TypeId.DISCOUNT_CODE,
                        old.id(),
                        DiscountCodeView.of(old, now),
                        DiscountCodeView.of(changed, now)));
    }

    private Uni<DiscountCode> locked(SqlConnection tx, UUID id) {
        return queries.lock(tx, id).map(found -> found.orElseThrow(() -> Problem.notFound("Discount code")));
    }

    private DiscountCode archived(DiscountCode c) {
        return c.to(CodeStatus.ARCHIVED, now());
    }

    private static UUID id(String field, @Nullable String text, TypeId kind) {
        return kind.parse(text == null ? "" : text)
                .orElseThrow(() -> Problem.field(field, "malformed", field + " starts with " + kind.prefix()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
