package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.affiliate.Account;
import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets an account apply for a program; the first time, it becomes an affiliate. */
@ApplicationScoped
class Registrations {
    /** Applications of one affiliate for one program, those that were turned down included: enough to mend mistakes. */
    static final int MOST = 5;

    private final ProgramRepository programs;
    private final EnrollmentRepository enrollments;
    private final ApplicationRepository repository;
    private final ApplicationQueries queries;
    private final Applications applications;
    private final Affiliates affiliates;
    private final ReferralCodes codes;
    private final Consents consents;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;

    Registrations(
            ProgramRepository programs,
            EnrollmentRepository enrollments,
            ApplicationRepository repository,
            ApplicationQueries queries,
            Applications applications,
            Affiliates affiliates,
            ReferralCodes codes,
            Consents consents,
            Changes changes,
            Ids ids,
            Clock clock) {
        this.programs = programs;
        this.enrollments = enrollments;
        this.repository = repository;
        this.queries = queries;
        this.applications = applications;
        this.affiliates = affiliates;
        this.codes = codes;
        this.consents = consents;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
    }

    /** Who applies: an account, the affiliate that it is bound to if any, and where from. */
    record Visitor(Account account, Optional<UUID> affiliate, Agreement.Acceptance from) {}

    /**
     * A new application in the caller's transaction. 400 for what cannot be so, 403 where the affiliate may not promote, 409
     * where it is in the program, or waits for an answer, or was turned down {@value #MOST} times.
     */
    Uni<Change> register(SqlConnection tx, Visitor visitor, RegistrationInput input) {
        return programs.open(tx, requireNonNullElse(input.program(), ""))
                .map(found -> found.orElseThrow(RegistrationInput::unknownProgram))
                .chain(program -> consents.of(tx, program.id(), input.agreement(), input.accepted(), visitor.from())
                        .call(() -> requireFree(tx, input.wantedCode()))
                        .chain(consent -> affiliate(tx, visitor, input)
                                .call(affiliate -> requireRoom(tx, affiliate, program))
                                .chain(affiliate -> applications.submit(
                                        tx, draft(program, affiliate, input, consent), affiliate, program))))
                .chain(made -> queries.find(tx, made.id()))
                .map(made -> Change.created(
                        TypeId.APPLICATION,
                        made.orElseThrow().application().id(),
                        OwnApplicationView.of(made.orElseThrow())));
    }

    /** Told now, while they can choose another; whether it still is free is seen at the approval. */
    private Uni<Void> requireFree(SqlConnection tx, @Nullable String code) {
        if (code == null) return Uni.createFrom().voidItem();
        return codes.isFree(tx, code)
                .invoke(free -> {
                    if (!free) throw Problem.field("wantedCode", "taken", "The code %s is taken".formatted(code));
                })
                .replaceWithVoid();
    }

    private Uni<Affiliate> affiliate(SqlConnection tx, Visitor visitor, RegistrationInput input) {
        if (visitor.affiliate().isEmpty()) return newcomer(tx, visitor.account(), input);
        return affiliates.lock(tx, visitor.affiliate().get()).invoke(known -> {
            requireWelcome(known);
            input.checkAgainst(known, now());
        });
    }

    private static void requireWelcome(Affiliate known) {
        if (!Enrollments.isWelcome(known.status()))
            throw new Problem(
                    ProblemKind.FORBIDDEN,
                    "A %s affiliate cannot apply".formatted(known.status().word()));
    }

    private Uni<Affiliate> newcomer(SqlConnection tx, Account account, RegistrationInput input) {
        return recruiter(tx, input.recruiterCode())
                .map(recruiter -> input.person(ids.next(), recruiter.orElse(null), now()))
                .call(made -> affiliates.insert(tx, made))
                .call(made -> affiliates.bind(tx, made.id(), account))
                .call(made -> changes.record(
                        tx,
                        Change.created(
                                TypeId.AFFILIATE,
                                made.id(),
                                new JsonObject()
                                        .put("status", made.status().word())
                                        .put("country", made.country())
                                        .getMap())));
    }

    private Uni<Optional<UUID>> recruiter(SqlConnection tx, @Nullable String code) {
        if (code == null) return Uni.createFrom().item(Optional.empty());
        return enrollments
                .activeByCode(tx, ReferralCodes.key(code))
                .invoke(found -> {
                    if (found.isEmpty())
                        throw Problem.field("recruiterCode", "unknown", "Nobody recruits with this code");
                })
                .map(found -> found.map(Enrollment::affiliateId));
    }

    private Uni<Void> requireRoom(SqlConnection tx, Affiliate affiliate, Program program) {
        return enrollments
                .of(tx, program.id(), affiliate.id())
                .invoke(enrolled -> {
                    if (enrolled.isPresent()) throw conflict("This affiliate is in this program already");
                })
                .chain(() -> repository.count(tx, affiliate.id(), program.id()))
                .invoke(before -> {
                    if (before >= MOST) throw conflict("At most " + MOST + " applications for one program");
                })
                .replaceWithVoid();
    }

    private static Problem conflict(String message) {
        return new Problem(ProblemKind.CONFLICT, message);
    }

    private Application draft(
            Program program, Affiliate affiliate, RegistrationInput input, Application.@Nullable Consent consent) {
        Instant now = now();
        return new Application(
                ids.next(),
                program.id(),
                affiliate.id(),
                ApplicationStatus.SUBMITTED,
                input.wantedCode(),
                input.form(),
                consent,
                KycStatus.PENDING,
                Applications.AUTO,
                null,
                now,
                now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
