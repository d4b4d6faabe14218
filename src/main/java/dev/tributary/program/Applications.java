package dev.tributary.program;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What becomes of applications: the check of who applies, and the decision, by the program's rule or by a person. */
@ApplicationScoped
public class Applications {
    /** Who decides where the program approves by itself. */
    static final String AUTO = "auto";

    private final ApplicationRepository repository;
    private final ApplicationQueries queries;
    private final ProgramRepository programs;
    private final Enrollments enrollments;
    private final KycCheck check;
    private final Changes changes;
    private final Clock clock;

    Applications(
            ApplicationRepository repository,
            ApplicationQueries queries,
            ProgramRepository programs,
            Enrollments enrollments,
            KycCheck check,
            Changes changes,
            Clock clock) {
        this.repository = repository;
        this.queries = queries;
        this.programs = programs;
        this.enrollments = enrollments;
        this.check = check;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Hands a new application in: checks who applies, unless that is known from an earlier one, and approves it where the
     * program does so by itself and nothing is left to look at. 409 where another one waits.
     */
    Uni<Application> submit(SqlConnection tx, Application made, Affiliate affiliate, Program program) {
        return repository
                .isKnown(tx, affiliate.id())
                .chain(known -> known ? Uni.createFrom().item(KycStatus.CLEAR) : begin(tx, made, affiliate))
                .map(finding -> made.checked(finding, check.name(), made.createdAt()))
                .call(checked -> repository.insert(tx, checked))
                .chain(checked -> approveByRule(tx, checked, program));
    }

    private Uni<KycStatus> begin(SqlConnection tx, Application made, Affiliate affiliate) {
        return check.begin(tx, new KycCheck.Applicant(made.id(), affiliate.id(), affiliate.country()));
    }

    private Uni<Application> approveByRule(SqlConnection tx, Application made, Program program) {
        boolean ready = made.status() == ApplicationStatus.SUBMITTED && made.kyc() == KycStatus.CLEAR;
        return ready && program.rules().autoApprove()
                ? decide(tx, made, ApplicationDecision.approve(null, null, null), AUTO)
                : Uni.createFrom().item(made);
    }

    /**
     * Carries out a decision on a locked application. 409 where it is decided already, or where it would approve somebody
     * whose check is under way or refused; further as {@link Enrollments#take}.
     */
    Uni<Application> decide(SqlConnection tx, Application old, ApplicationDecision decision, String by) {
        Application next = old.decided(decision.next(), decision.reason(), by, now());
        if (!decision.approves()) return save(tx, next);
        if (!old.kyc().mayBeApproved())
            throw new Problem(
                    ProblemKind.CONFLICT,
                    old.kyc() == KycStatus.PENDING
                            ? "The check of who applies is under way"
                            : "The check of who applies found against it");
        Application clear = old.kyc() == KycStatus.CLEAR ? next : next.checked(KycStatus.CLEAR, by, now());
        return programs.get(tx, old.programId())
                .chain(program -> enrollments.take(tx, admission(program, old, decision)))
                .chain(() -> save(tx, clear));
    }

    private static Admission admission(Program program, Application application, ApplicationDecision decision) {
        return new Admission(
                program,
                application.affiliateId(),
                CodeChoice.of(decision.referralCode(), application.wantedCode()),
                decision.promoCode(),
                application.consent());
    }

    /**
     * What a check of who applies has found, in the caller's transaction; the program's rule may approve then. Told again, or
     * for an application that is decided or gone, it changes nothing.
     *
     * @param by the check's name, or the account of a person
     */
    public Uni<Void> checked(SqlConnection tx, UUID applicationId, KycStatus finding, String by) {
        return queries.lock(tx, applicationId).chain(found -> {
            if (found.isEmpty()) return Uni.createFrom().voidItem();
            ApplicationListing old = found.get();
            boolean told = old.application().kyc() == finding;
            if (told || !old.application().status().waits())
                return Uni.createFrom().voidItem();
            return note(tx, old.application(), finding, by).chain(() -> audit(tx, old));
        });
    }

    /** The same as a person's word on a locked application: 409 where it is decided. */
    Uni<Application> note(SqlConnection tx, Application old, KycStatus finding, String by) {
        if (!old.status().waits())
            throw new Problem(
                    ProblemKind.CONFLICT, "This application is " + old.status().word());
        return save(tx, old.checked(finding, by, now())).chain(saved -> programs.find(tx, old.programId())
                .chain(program -> approveByRule(tx, saved, program.orElseThrow())));
    }

    private Uni<Void> audit(SqlConnection tx, ApplicationListing before) {
        UUID id = before.application().id();
        return queries.find(tx, id)
                .chain(after -> changes.record(
                        tx,
                        new Change(
                                "application.kyc",
                                TypeId.APPLICATION,
                                id,
                                ApplicationView.of(before),
                                ApplicationView.of(after.orElseThrow()))));
    }

    Uni<Application> save(SqlConnection tx, Application changed) {
        return repository.update(tx, changed).replaceWith(changed);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
