package dev.tributary.program;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables {@code agreement} and {@code agreement_acceptance}; neither is ever rewritten. */
@ApplicationScoped
class AgreementRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, number, title, terms, revenue_split_bps, valid_from, valid_until, grace_until, created_at
              FROM agreement
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1 AND program_id = $2";
    private static final String NEWEST = COLUMNS + " WHERE program_id = $1 ORDER BY number DESC LIMIT 1";
    private static final String CURRENT = COLUMNS
            + """
             WHERE program_id = $1 AND valid_from <= $2 AND (valid_until IS NULL OR valid_until > $2)
             ORDER BY number DESC LIMIT 1
            """;
    private static final String STATE =
            """
            SELECT now.id, now.number, now.title, now.valid_from, now.grace_until, yes.accepted_at
              FROM enrollment e
              JOIN LATERAL (SELECT id, number, title, valid_from, grace_until
                              FROM agreement
                             WHERE program_id = e.program_id AND valid_from <= $2
                               AND (valid_until IS NULL OR valid_until > $2)
                             ORDER BY number DESC LIMIT 1) AS now ON true
              LEFT JOIN LATERAL (SELECT accepted_at
                                   FROM agreement_acceptance c JOIN agreement a ON a.id = c.agreement_id
                                  WHERE c.enrollment_id = e.id AND a.number >= now.number
                                  ORDER BY a.number LIMIT 1) AS yes ON true
             WHERE e.id = $1
            """;
    /** Without the texts, a hundred of which would be 20 MB. */
    private static final String LIST =
            """
            SELECT id, program_id, number, title, '' AS terms, revenue_split_bps, valid_from, valid_until, grace_until,
                   created_at
              FROM agreement
             WHERE id < $1 AND program_id = $3
             ORDER BY id DESC LIMIT $2
            """;

    private static final String OFFERS =
            """
            SELECT a.id, a.program_id, a.number, a.title, %s AS terms, a.revenue_split_bps, a.valid_from, a.valid_until,
                   a.grace_until, a.created_at, COALESCE(a.id = now.id, false) AS current, yes.accepted_at
              FROM enrollment e
              JOIN agreement a ON a.program_id = e.program_id
              LEFT JOIN LATERAL (SELECT id, number FROM agreement
                                  WHERE program_id = e.program_id AND valid_from <= $2
                                    AND (valid_until IS NULL OR valid_until > $2)
                                  ORDER BY number DESC LIMIT 1) AS now ON true
              LEFT JOIN agreement_acceptance yes ON yes.agreement_id = a.id AND yes.enrollment_id = e.id
             WHERE e.affiliate_id = $1
            """;
    private static final String OFFER = OFFERS.formatted("a.terms") + " AND a.id = $3";
    private static final String OFFER_LIST = OFFERS.formatted("''")
            + """
               AND a.id < $3 AND ($5::uuid IS NULL OR e.program_id = $5)
               AND (yes.id IS NOT NULL
                    OR (a.valid_until IS NULL OR a.valid_until > $2) AND (now.id IS NULL OR a.number >= now.number))
             ORDER BY a.id DESC LIMIT $4
            """;
    private static final String DELETE = "DELETE FROM agreement WHERE id = $1";
    private static final String ACCEPTED = "SELECT EXISTS (SELECT FROM agreement_acceptance WHERE agreement_id = $1)";
    private static final String ACCEPTED_ROWS =
            """
            SELECT c.id, c.agreement_id, c.enrollment_id, e.affiliate_id, c.accepted_at, c.accepted_by, c.ip_prefix,
                   c.user_agent
              FROM agreement_acceptance c JOIN enrollment e ON e.id = c.enrollment_id
            """;
    private static final String ACCEPTANCES = ACCEPTED_ROWS
            + """
             WHERE c.id < $1 AND c.agreement_id = $3 AND e.program_id = $4 AND ($5::uuid IS NULL OR e.affiliate_id = $5)
             ORDER BY c.id DESC LIMIT $2
            """;
    private static final String ACCEPTANCES_OF =
            ACCEPTED_ROWS + " WHERE c.id < $1 AND e.affiliate_id = $3 ORDER BY c.id DESC LIMIT $2";
    private static final String ERASE =
            """
            UPDATE agreement_acceptance c SET accepted_by = '', ip_prefix = '', user_agent = ''
              FROM enrollment e
             WHERE e.id = c.enrollment_id AND e.affiliate_id = $1
               AND (c.accepted_by, c.ip_prefix, c.user_agent) <> ('', '', '')
            """;
    private static final String INSERT =
            """
            INSERT INTO agreement (id, program_id, number, title, terms, revenue_split_bps, valid_from, valid_until,
                                   grace_until, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;
    private static final String ACCEPT =
            """
            INSERT INTO agreement_acceptance (id, agreement_id, enrollment_id, accepted_at, accepted_by, ip_prefix,
                                              user_agent)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (agreement_id, enrollment_id) DO NOTHING
            """;

    private final Transactions transactions;
    private final RecentOffers offers;

    AgreementRepository(Transactions transactions, RecentOffers offers) {
        this.transactions = transactions;
        this.offers = offers;
    }

    /** A program's versions, newest first, with empty terms. */
    Uni<List<Agreement>> list(UUID before, int limit, UUID programId) {
        return transactions
                .read(c -> c.preparedQuery(LIST).execute(Tuple.of(before, limit, programId)))
                .map(AgreementRepository::read);
    }

    /** One acceptance as it is kept. */
    record Accepted(
            UUID id, UUID agreementId, UUID enrollmentId, UUID affiliateId, Instant at, Agreement.Acceptance from) {}

    /** Who accepted a version, the last first. */
    Uni<List<Accepted>> acceptances(
            UUID before, int limit, UUID programId, UUID agreementId, @Nullable UUID affiliateId) {
        return transactions
                .read(c -> c.preparedQuery(ACCEPTANCES)
                        .execute(Tuple.of(before, limit, agreementId, programId, affiliateId)))
                .map(AgreementRepository::accepted);
    }

    /** What an affiliate accepted, in all programs. */
    Uni<List<Accepted>> acceptancesOf(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return c.preparedQuery(ACCEPTANCES_OF)
                .execute(Tuple.of(before, limit, affiliateId))
                .map(AgreementRepository::accepted);
    }

    /** Blanks account, network and browser of an affiliate's acceptances; answers how many had any. */
    Uni<Integer> eraseAcceptances(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(ERASE).execute(Tuple.of(affiliateId)).map(RowSet::rowCount);
    }

    /** What is valid or announced in an affiliate's programs, or was accepted, newest first, with empty terms. */
    Uni<List<AgreementOffer>> offers(UUID affiliateId, Instant now, UUID before, int limit, @Nullable UUID programId) {
        Tuple asked = Tuple.of(affiliateId, at(now), before, limit, programId);
        return transactions
                .read(c -> c.preparedQuery(OFFER_LIST).execute(asked))
                .map(AgreementRepository::offers);
    }

    /** A version of one of an affiliate's programs. */
    Uni<Optional<AgreementOffer>> offer(SqlConnection c, UUID affiliateId, Instant now, UUID id) {
        return c.preparedQuery(OFFER)
                .execute(Tuple.of(affiliateId, at(now), id))
                .map(rows -> offers(rows).stream().findFirst());
    }

    Uni<Optional<Agreement>> find(SqlConnection c, UUID programId, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id, programId)).map(AgreementRepository::first);
    }

    Uni<Optional<Agreement>> newest(SqlConnection c, UUID programId) {
        return c.preparedQuery(NEWEST).execute(Tuple.of(programId)).map(AgreementRepository::first);
    }

    Uni<Optional<Agreement>> current(SqlConnection c, UUID programId, Instant now) {
        return c.preparedQuery(CURRENT).execute(Tuple.of(programId, at(now))).map(AgreementRepository::first);
    }

    Uni<Optional<AgreementState>> state(SqlConnection c, UUID enrollmentId, Instant now) {
        return c.preparedQuery(STATE).execute(Tuple.of(enrollmentId, at(now))).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(AgreementRepository::state)
                .findFirst());
    }

    Uni<Void> insert(SqlConnection tx, Agreement a) {
        offers.changedBy(tx);
        Tuple row = Tuple.tuple(Arrays.asList(
                a.id(),
                a.programId(),
                a.number(),
                a.title(),
                a.terms(),
                a.revenueSplitBps(),
                at(a.validFrom()),
                at(a.validUntil()),
                at(a.graceUntil()),
                at(a.createdAt())));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    /** Only a version that is not valid yet, in a transaction that has locked its program. */
    Uni<Void> delete(SqlConnection tx, UUID id) {
        offers.changedBy(tx);
        return tx.preparedQuery(DELETE).execute(Tuple.of(id)).replaceWithVoid();
    }

    Uni<Boolean> isAccepted(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ACCEPTED)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Whether this was the first time. */
    Uni<Boolean> accept(
            SqlConnection tx, UUID id, UUID agreementId, UUID enrollmentId, Instant now, Agreement.Acceptance a) {
        Tuple row = Tuple.tuple(
                List.of(id, agreementId, enrollmentId, at(now), a.acceptedBy(), a.ipPrefix(), a.userAgent()));
        return tx.preparedQuery(ACCEPT).execute(row).map(rows -> rows.rowCount() == 1);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime moment = row.getOffsetDateTime(column);
        return moment == null ? null : moment.toInstant();
    }

    private static List<Accepted> accepted(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AgreementRepository::accepted)
                .toList();
    }

    private static Accepted accepted(Row row) {
        return new Accepted(
                row.getUUID("id"),
                row.getUUID("agreement_id"),
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getOffsetDateTime("accepted_at").toInstant(),
                new Agreement.Acceptance(
                        row.getString("accepted_by"), row.getString("ip_prefix"), row.getString("user_agent")));
    }

    private static AgreementState state(Row row) {
        return new AgreementState(
                row.getUUID("id"),
                row.getInteger("number"),
                row.getString("title"),
                row.getOffsetDateTime("valid_from").toInstant(),
                instant(row, "grace_until"),
                instant(row, "accepted_at"));
    }

    private static List<AgreementOffer> offers(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new AgreementOffer(read(row), row.getBoolean("current"), instant(row, "accepted_at")))
                .toList();
    }

    private static Optional<Agreement> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private static List<Agreement> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AgreementRepository::read)
                .toList();
    }

    private static Agreement read(Row row) {
        return new Agreement(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getInteger("number"),
                row.getString("title"),
                row.getString("terms"),
                row.getInteger("revenue_split_bps"),
                row.getOffsetDateTime("valid_from").toInstant(),
                instant(row, "valid_until"),
                instant(row, "grace_until"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
