package dev.tributary.program;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Outbox;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes affiliates into programs: all that an approval brings about, in the transaction of who approves. */
@ApplicationScoped
class Enrollments {
    private final EnrollmentRepository repository;
    private final Agreements agreements;
    private final Affiliates affiliates;
    private final ReferralCodes codes;
    private final Tiers tiers;
    private final Outbox outbox;
    private final Notifier notifier;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;

    Enrollments(
            EnrollmentRepository repository,
            Agreements agreements,
            Affiliates affiliates,
            ReferralCodes codes,
            Tiers tiers,
            Outbox outbox,
            Notifier notifier,
            Changes changes,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.agreements = agreements;
        this.affiliates = affiliates;
        this.codes = codes;
        this.tiers = tiers;
        this.outbox = outbox;
        this.notifier = notifier;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A pending affiliate becomes active and gets an active enrollment with a code of its own, in the tier that asks for
     * nothing; rooms downstream then make its default link and promo code. 409 where the affiliate may not promote, is in
     * the program already, or the code that staff chose is taken.
     */
    Uni<Enrollment> take(SqlConnection tx, Admission admission) {
        Program program = admission.program();
        return affiliates
                .lock(tx, admission.affiliateId())
                .chain(affiliate -> welcome(tx, affiliate, program))
                .chain(() -> admission.code().take(codes, tx, program))
                .chain(code -> tiers.of(tx, program.id()).map(all -> draft(admission, code, entry(all))))
                .call(made -> insert(tx, made, admission.consent()))
                .call(made ->
                        changes.record(tx, Change.created(TypeId.ENROLLMENT, made.id(), EnrollmentView.of(made))));
    }

    /** Those who are stopped, and those who left, are taken into no program. */
    static boolean isWelcome(AffiliateStatus status) {
        return switch (status) {
            case PENDING, ACTIVE, PAUSED -> true;
            case SUSPENDED, BANNED, CLOSED -> false;
        };
    }

    private Uni<Affiliate> welcome(SqlConnection tx, Affiliate affiliate, Program program) {
        if (affiliate.status() == AffiliateStatus.PENDING)
            return affiliates.become(tx, affiliate, AffiliateStatus.ACTIVE, "Taken into the program " + program.name());
        if (!isWelcome(affiliate.status()))
            throw new Problem(
                    ProblemKind.CONFLICT,
                    "A %s affiliate is taken into no program"
                            .formatted(affiliate.status().word()));
        return Uni.createFrom().item(affiliate);
    }

    /** The lowest tier where it asks for nothing; who has brought nothing is in no other. */
    static @Nullable UUID entry(List<Tier> fromTheLowest) {
        if (fromTheLowest.isEmpty()) return null;
        Tier lowest = fromTheLowest.get(0);
        return lowest.reachedBy(0, 0) ? lowest.id() : null;
    }

    private Enrollment draft(Admission admission, String code, @Nullable UUID tier) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new Enrollment(
                ids.next(),
                admission.program().id(),
                admission.affiliateId(),
                Enrollment.Status.ACTIVE,
                code,
                admission.promoCode(),
                tier,
                now,
                now,
                now);
    }

    private Uni<Void> insert(SqlConnection tx, Enrollment made, Application.@Nullable Consent consent) {
        notifier.changedBy(tx, "links");
        return repository
                .insert(tx, made)
                .chain(() -> accept(tx, made, consent))
                .chain(() -> outbox.append(tx, EnrollmentApproved.event(ids.next(), made)));
    }

    /** As it was given, even where a newer version is valid by now: that one is asked for like of everybody else. */
    private Uni<Void> accept(SqlConnection tx, Enrollment made, Application.@Nullable Consent consent) {
        if (consent == null) return Uni.createFrom().voidItem();
        return agreements.accept(tx, made, consent.agreementId(), consent.at(), consent.from());
    }
}
