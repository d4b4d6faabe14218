package dev.tributary.link;

import dev.tributary.id.Ids;
import dev.tributary.program.Enrollment;
import dev.tributary.program.EnrollmentApproved;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Gives each approved enrollment its default link: the referral code as its code, the program's landing page as its goal. */
@ApplicationScoped
class DefaultLinks implements EnrollmentApproved {
    private final LinkRepository repository;
    private final Ids ids;

    DefaultLinks(LinkRepository repository, Ids ids) {
        this.repository = repository;
        this.ids = ids;
    }

    @Override
    public Uni<Void> approved(SqlConnection tx, Enrollment e) {
        Link link = new Link(
                ids.next(),
                e.id(),
                e.programId(),
                e.affiliateId(),
                e.referralCode(),
                "",
                "",
                List.of("", "", "", "", ""),
                Link.Status.ACTIVE,
                null,
                e.updatedAt(),
                e.updatedAt());
        return repository.insert(tx, link);
    }
}
