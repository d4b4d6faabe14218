package dev.tributary.link;

import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.id.Ids;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Agreements;
import dev.tributary.program.Enrollment;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import dev.tributary.program.ReferralCodes;
import dev.tributary.program.Tracker;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What affiliates do with links of their own; another's is not there for them. */
@ApplicationScoped
class OwnLinks {
    /** Every instance holds all links in memory; who needs more marks is better served by source tags, which are free. */
    static final int MOST = 5_000;

    private static final List<String> NO_SUBS = List.of("", "", "", "", "");

    private final LinkRepository repository;
    private final CampaignRepository campaigns;
    private final Programs programs;
    private final Agreements agreements;
    private final Affiliates affiliates;
    private final ReferralCodes codes;
    private final Notifier notifier;
    private final Tracker tracker;
    private final Ids ids;
    private final Clock clock;

    OwnLinks(
            LinkRepository repository,
            CampaignRepository campaigns,
            Programs programs,
            Agreements agreements,
            Affiliates affiliates,
            ReferralCodes codes,
            Notifier notifier,
            Tracker tracker,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.campaigns = campaigns;
        this.programs = programs;
        this.agreements = agreements;
        this.affiliates = affiliates;
        this.codes = codes;
        this.notifier = notifier;
        this.tracker = tracker;
        this.ids = ids;
        this.clock = clock;
    }

    /** A link before and after a change; before null where it is new. */
    record Changed(@Nullable Link before, Link after) {}

    /** The affiliate's link; 404 where it is another's. */
    Uni<Link> find(UUID affiliateId, UUID id) {
        return repository.find(id).map(found -> found.filter(
                        link -> link.affiliateId().equals(affiliateId))
                .orElseThrow(() -> Problem.notFound("Link")));
    }

    Uni<Changed> create(SqlConnection tx, UUID affiliateId, AffiliateLinkInput input) {
        notifier.changedBy(tx, "links");
        return mayCreate(tx, affiliateId, input.program())
                .call(enrollment -> refuseTooMany(tx, enrollment))
                .chain(enrollment -> over(tx, draft(enrollment, input.code()), input))
                .call(link -> codes.reserve(tx, link.code()))
                .call(link -> repository.insert(tx, link))
                .map(link -> new Changed(null, link));
    }

    /** The enrollment for which something new may be made: active, of an active affiliate, with its terms accepted. */
    Uni<Enrollment> mayCreate(SqlConnection tx, UUID affiliateId, @Nullable UUID programId) {
        return affiliates
                .find(tx, affiliateId)
                .invoke(found -> refuseUnless(
                        found.isPresent() && found.get().status() == AffiliateStatus.ACTIVE,
                        "Only active affiliates make new links and campaigns"))
                .chain(() -> programs.own(tx, affiliateId, programId))
                .invoke(enrollment -> refuseUnless(
                        enrollment.status() == Enrollment.Status.ACTIVE,
                        "This enrollment is " + enrollment.status().word()))
                .call(enrollment -> agreements.require(tx, enrollment.id()));
    }

    private static void refuseUnless(boolean holds, String why) {
        if (!holds) throw new Problem(ProblemKind.FORBIDDEN, why);
    }

    private Uni<Void> refuseTooMany(SqlConnection tx, Enrollment enrollment) {
        return repository
                .count(tx, enrollment.id())
                .invoke(count -> {
                    if (count >= MOST)
                        throw new Problem(
                                ProblemKind.CONFLICT, "There are at most %d links in a program".formatted(MOST));
                })
                .replaceWithVoid();
    }

    private Link draft(Enrollment enrollment, @Nullable String code) {
        Instant now = now();
        return new Link(
                ids.next(),
                enrollment.id(),
                enrollment.programId(),
                enrollment.affiliateId(),
                null,
                code == null ? codes.make() : code,
                "",
                "",
                NO_SUBS,
                Link.Status.ACTIVE,
                null,
                now,
                now);
    }

    Uni<Changed> update(SqlConnection tx, UUID affiliateId, UUID id, AffiliateLinkInput input) {
        notifier.changedBy(tx, "links");
        return repository
                .lock(tx, id)
                .map(found -> found.filter(link -> link.affiliateId().equals(affiliateId))
                        .orElseThrow(() -> Problem.notFound("Link")))
                .chain(old -> over(tx, old, input)
                        .call(link -> repository.update(tx, link))
                        .map(link -> new Changed(old, link)));
    }

    private Uni<Link> over(SqlConnection tx, Link old, AffiliateLinkInput input) {
        return program(tx, old.programId())
                .map(program -> input.over(old, program, tracker.host(), now()))
                .map(link -> link.in(input.campaignOver(old)))
                .call(link -> refuseUnknownCampaign(tx, link));
    }

    private Uni<Void> refuseUnknownCampaign(SqlConnection tx, Link link) {
        UUID campaign = link.campaignId();
        if (campaign == null) return Uni.createFrom().voidItem();
        return campaigns
                .find(tx, campaign)
                .invoke(found -> {
                    if (found.filter(c -> c.enrollmentId().equals(link.enrollmentId()))
                            .isEmpty())
                        throw Problem.field("campaignId", "unknown", "There is no such campaign in this program");
                })
                .replaceWithVoid();
    }

    /** Where a link made from this would lead, and how it would be shared; nothing is made. */
    Uni<LinkPreview> preview(SqlConnection c, UUID affiliateId, AffiliateLinkInput input, String base) {
        return programs.own(c, affiliateId, input.program()).chain(enrollment -> over(
                        c, draft(enrollment, input.code()), input)
                .chain(link -> word(c, link, enrollment.referralCode()).chain(word -> program(c, enrollment.programId())
                        .map(program -> LinkPreview.of(
                                base, link, enrollment.referralCode(), word, program, input.code() != null)))));
    }

    private Uni<String> word(SqlConnection c, Link link, String referralCode) {
        UUID campaign = link.campaignId();
        if (campaign == null) return Uni.createFrom().item(referralCode);
        return campaigns.find(c, campaign).map(found -> found.map(Campaign::utmCampaign)
                .filter(text -> !text.isEmpty())
                .orElse(referralCode));
    }

    /** The pages that the program offers for deep links, the landing page first. */
    Uni<Program> program(SqlConnection c, UUID id) {
        return programs.get(c, id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
