package dev.tributary.program;

import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.PartnerType;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The applications as they are listed, with their programs and affiliates. */
@ApplicationScoped
class ApplicationQueries {
    private static final String COLUMNS =
            """
            SELECT a.id, a.program_id, a.affiliate_id, a.status, a.wanted_code, a.form, a.agreement_id, a.terms_version,
                   a.accepted_at, a.accepted_by, a.ip_prefix, a.user_agent, a.kyc_status, a.kyc_by, a.reason, a.decided_by,
                   a.decided_at, a.created_at, a.updated_at, p.name AS program_name, f.name, f.email, f.country,
                   f.partner_type, f.status AS affiliate_status, e.id AS enrollment_id, e.referral_code
              FROM application a
              JOIN program p ON p.id = a.program_id
              JOIN affiliate f ON f.id = a.affiliate_id
              LEFT JOIN enrollment e
                ON a.status = 'approved' AND e.program_id = a.program_id AND e.affiliate_id = a.affiliate_id
            """;
    private static final String FIND = COLUMNS + " WHERE a.id = $1";
    private static final String LOCK = FIND + " FOR UPDATE OF a";
    private static final String LIST = COLUMNS
            + """
             WHERE a.id < $1 AND ($3::uuid IS NULL OR a.program_id = $3) AND ($4::uuid IS NULL OR a.affiliate_id = $4)
               AND ($5::text IS NULL OR a.status = $5) AND ($6::text IS NULL OR a.kyc_status = $6)
               AND ($7::text IS NULL OR f.partner_type = $7) AND ($8::text IS NULL OR f.country = $8)
             ORDER BY a.id DESC LIMIT $2
            """;

    private final Transactions transactions;

    ApplicationQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list of applications is narrowed to; null = not. */
    record Filter(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable String status,
            @Nullable String kyc,
            @Nullable String partnerType,
            @Nullable String country) {
        static Filter of(UUID affiliateId) {
            return new Filter(null, affiliateId, null, null, null, null);
        }
    }

    Uni<List<ApplicationListing>> list(UUID before, int limit, Filter filter) {
        return transactions.read(c -> list(c, before, limit, filter));
    }

    Uni<List<ApplicationListing>> list(SqlConnection c, UUID before, int limit, Filter f) {
        Tuple asked = Tuple.tuple(
                Arrays.asList(before, limit, f.programId, f.affiliateId, f.status, f.kyc, f.partnerType, f.country));
        return c.preparedQuery(LIST).execute(asked).map(ApplicationQueries::read);
    }

    Uni<Optional<ApplicationListing>> find(UUID id) {
        return transactions.read(c -> find(c, id));
    }

    Uni<Optional<ApplicationListing>> find(SqlConnection c, UUID id) {
        return one(c, FIND, id);
    }

    /** The application cannot change until the transaction ends. */
    Uni<Optional<ApplicationListing>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<ApplicationListing>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    private static List<ApplicationListing> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ApplicationQueries::read)
                .toList();
    }

    private static ApplicationListing read(Row row) {
        ApplicationListing.Applicant applicant = new ApplicationListing.Applicant(
                row.getString("name"),
                row.getString("email"),
                row.getString("country"),
                PartnerType.valueOf(row.getString("partner_type").toUpperCase(Locale.ROOT)),
                AffiliateStatus.valueOf(row.getString("affiliate_status").toUpperCase(Locale.ROOT)));
        return new ApplicationListing(
                ApplicationRepository.read(row),
                row.getString("program_name"),
                applicant,
                row.getUUID("enrollment_id"),
                row.getString("referral_code"));
    }
}
