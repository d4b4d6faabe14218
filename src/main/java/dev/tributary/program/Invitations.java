package dev.tributary.program;

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
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes, renews, revokes and accepts invitations, each in the caller's transaction. */
@ApplicationScoped
class Invitations {
    private final InvitationRepository repository;
    private final ApplicationRepository applications;
    private final ProgramRepository programs;
    private final EnrollmentRepository enrolled;
    private final Enrollments enrollments;
    private final Affiliates affiliates;
    private final ReferralCodes codes;
    private final Consents consents;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final RandomGenerator random;

    Invitations(
            InvitationRepository repository,
            ApplicationRepository applications,
            ProgramRepository programs,
            EnrollmentRepository enrolled,
            Enrollments enrollments,
            Affiliates affiliates,
            ReferralCodes codes,
            Consents consents,
            Changes changes,
            Ids ids,
            Clock clock,
            RandomGenerator random) {
        this.repository = repository;
        this.applications = applications;
        this.programs = programs;
        this.enrolled = enrolled;
        this.enrollments = enrollments;
        this.affiliates = affiliates;
        this.codes = codes;
        this.consents = consents;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
    }

    /** A new one, with its token. 409 where they are in the program or invited already, or the code is taken. */
    Uni<Change> make(SqlConnection tx, InvitationInput input) {
        InvitationToken token = InvitationToken.make(random);
        return programs.find(tx, input.program())
                .invoke(found -> {
                    if (found.filter(Program::active).isEmpty())
                        throw Problem.field("programId", "unknown", "There is no such active program");
                })
                .chain(() -> invited(tx, input))
                .call(affiliate -> requireOutside(tx, input.program(), affiliate.id()))
                .chain(affiliate -> insert(tx, draft(input, affiliate.id()), token))
                .map(made -> Change.created(
                        TypeId.INVITATION, made.invitation().id(), InvitationView.of(made, token, now())));
    }

    private Uni<Affiliate> invited(SqlConnection tx, InvitationInput input) {
        UUID known = input.affiliate();
        if (known != null)
            return affiliates.find(tx, known).map(found -> found.filter(a -> Enrollments.isWelcome(a.status()))
                    .orElseThrow(() ->
                            Problem.field("affiliateId", "unknown", "There is no such affiliate that may promote")));
        Affiliate made = input.person(ids.next(), now());
        JsonObject shown = new JsonObject().put("status", made.status().word()).put("country", made.country());
        return affiliates
                .insert(tx, made)
                .chain(() -> changes.record(tx, Change.created(TypeId.AFFILIATE, made.id(), shown.getMap())))
                .replaceWith(made);
    }

    private Uni<Void> requireOutside(SqlConnection tx, UUID programId, UUID affiliateId) {
        return enrolled.of(tx, programId, affiliateId)
                .invoke(found -> {
                    if (found.isPresent())
                        throw new Problem(ProblemKind.CONFLICT, "This affiliate is in this program already");
                })
                .replaceWithVoid();
    }

    private Invitation draft(InvitationInput input, UUID affiliate) {
        Instant now = now();
        return new Invitation(
                ids.next(),
                input.program(),
                affiliate,
                input.referralCode(),
                input.promoCode(),
                now.plus(Invitation.GOOD_FOR),
                null,
                null,
                now,
                now);
    }

    private Uni<InvitationListing> insert(SqlConnection tx, Invitation made, InvitationToken token) {
        String code = made.referralCode();
        Uni<Void> kept = code == null ? Uni.createFrom().voidItem() : codes.reserve(tx, code);
        return kept.chain(() -> repository.insert(tx, made, InvitationToken.hash(token.text())))
                .chain(() -> repository.find(tx, made.id()))
                .map(found -> found.orElseThrow());
    }

    /** The same with another token and all its time again: the token before opens nothing any more. */
    Uni<Change> renew(SqlConnection tx, UUID id) {
        InvitationToken token = InvitationToken.make(random);
        return waiting(tx, id).chain(old -> repository
                .update(tx, old.invitation().renewed(now()), InvitationToken.hash(token.text()))
                .chain(() -> repository.find(tx, id))
                .map(now -> change("invitation.renew", old, now.orElseThrow(), token)));
    }

    /** It opens nothing any more, and its code is free again. */
    Uni<Change> revoke(SqlConnection tx, UUID id) {
        return waiting(tx, id)
                .call(old -> repository.update(tx, old.invitation().revoked(now()), null))
                .call(old -> {
                    String code = old.invitation().referralCode();
                    return code == null ? Uni.createFrom().voidItem() : codes.release(tx, code);
                })
                .map(old -> new Change(
                        "invitation.revoke", TypeId.INVITATION, id, InvitationView.of(old, null, now()), null));
    }

    private Uni<InvitationListing> waiting(SqlConnection tx, UUID id) {
        return repository.lock(tx, id).map(found -> {
            InvitationListing old = found.orElseThrow(() -> Problem.notFound("Invitation"));
            if (!old.invitation().waits())
                throw new Problem(
                        ProblemKind.CONFLICT,
                        "This invitation is " + old.invitation().status(now()).word());
            return old;
        });
    }

    /**
     * Binds the account to the invited affiliate and takes them into the program. A token that is unknown, over or used up is
     * a 404, all alike; 400 where the program's terms were not accepted; 409 where the account is another affiliate's.
     */
    Uni<Change> accept(SqlConnection tx, Account account, Agreement.Acceptance from, InvitationAnswer answer) {
        return repository
                .lock(tx, InvitationToken.hash(answer.token()))
                .map(found -> found.filter(i -> i.invitation().status(now()) == Invitation.Status.OPEN)
                        .orElseThrow(() -> Problem.notFound("Invitation")))
                .call(old -> consents.of(tx, old.invitation().programId(), answer.agreement(), answer.accepted(), from)
                        .call(() -> affiliates.bind(tx, old.invitation().affiliateId(), account))
                        .chain(consent -> take(tx, old.invitation(), consent)))
                .chain(old -> repository
                        .find(tx, old.invitation().id())
                        .map(now -> change("invitation.accept", old, now.orElseThrow(), null)));
    }

    private Uni<Void> take(SqlConnection tx, Invitation invitation, Application.@Nullable Consent consent) {
        String code = invitation.referralCode();
        return programs.find(tx, invitation.programId())
                .map(found -> found.filter(Program::active)
                        .orElseThrow(() -> new Problem(ProblemKind.CONFLICT, "This program takes nobody now")))
                .chain(program -> enrollments.take(
                        tx,
                        new Admission(
                                program,
                                invitation.affiliateId(),
                                code == null ? new CodeChoice.Any() : new CodeChoice.Held(code),
                                invitation.promoCode(),
                                consent)))
                .chain(() -> applications.withdrawWaiting(tx, invitation.programId(), invitation.affiliateId(), now()))
                .chain(() -> repository.update(tx, invitation.accepted(now()), null));
    }

    private Change change(
            String action, InvitationListing old, InvitationListing now, @Nullable InvitationToken token) {
        return new Change(
                action,
                TypeId.INVITATION,
                now.invitation().id(),
                InvitationView.of(old, null, now()),
                InvitationView.of(now, token, now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
