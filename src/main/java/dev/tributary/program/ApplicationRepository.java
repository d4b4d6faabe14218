package dev.tributary.program;

import dev.tributary.affiliate.Channel;
import dev.tributary.postgres.Unique;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code application}: its rows are read with what is shown beside them, see {@link ApplicationQueries}. */
@ApplicationScoped
class ApplicationRepository {
    private static final String COUNT =
            """
            SELECT count(*), bool_or(kyc_status = 'clear') AS known FROM application
             WHERE affiliate_id = $1 AND ($2::uuid IS NULL OR program_id = $2)
            """;
    private static final String INSERT =
            """
            INSERT INTO application (id, program_id, affiliate_id, status, wanted_code, form, kyc_status, kyc_by, reason,
                                     decided_by, decided_at, updated_at, created_at, agreement_id, terms_version,
                                     accepted_at, accepted_by, ip_prefix, user_agent)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            """;
    private static final String UPDATE =
            """
            UPDATE application
               SET status = $4, wanted_code = $5, form = $6, kyc_status = $7, kyc_by = $8, reason = $9, decided_by = $10,
                   decided_at = $11, updated_at = $12
             WHERE id = $1 AND program_id = $2 AND affiliate_id = $3
            """;
    private static final String WITHDRAW_WAITING =
            """
            UPDATE application SET status = 'withdrawn', updated_at = $3
             WHERE program_id = $1 AND affiliate_id = $2 AND status IN ('submitted', 'more_info')
            """;
    private static final String ERASE =
            """
            UPDATE application
               SET wanted_code = NULL, form = '{"channels": [], "promotion": ""}', reason = NULL,
                   accepted_by = CASE WHEN accepted_at IS NULL THEN NULL ELSE '' END,
                   ip_prefix = CASE WHEN accepted_at IS NULL THEN NULL ELSE '' END,
                   user_agent = CASE WHEN accepted_at IS NULL THEN NULL ELSE '' END
             WHERE affiliate_id = $1
               AND (wanted_code IS NOT NULL OR reason IS NOT NULL OR coalesce(accepted_by, '') <> ''
                    OR form <> '{"channels": [], "promotion": ""}')
            """;
    private static final String COUNT_OLDER =
            "SELECT count(*) FROM application WHERE status IN ('rejected', 'withdrawn') AND updated_at < $1";
    private static final String FORGET =
            """
            DELETE FROM application WHERE id IN (
              SELECT id FROM application WHERE status IN ('rejected', 'withdrawn') AND updated_at < $1 LIMIT $2)
            """;

    /** What an affiliate has applied for before, in one program. */
    Uni<Long> count(SqlConnection c, UUID affiliateId, UUID programId) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(affiliateId, programId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Whether an earlier check found nothing against this affiliate. */
    Uni<Boolean> isKnown(SqlConnection c, UUID affiliateId) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(affiliateId, null))
                .map(rows -> Boolean.TRUE.equals(rows.iterator().next().getBoolean("known")));
    }

    Uni<Void> insert(SqlConnection tx, Application a) {
        Tuple row = changing(a);
        Application.Consent consent = a.consent();
        row.addOffsetDateTime(at(a.createdAt()));
        row.addUUID(consent == null ? null : consent.agreementId());
        row.addInteger(consent == null ? null : consent.number());
        row.addOffsetDateTime(consent == null ? null : at(consent.at()));
        row.addString(consent == null ? null : consent.from().acceptedBy());
        row.addString(consent == null ? null : consent.from().ipPrefix());
        row.addString(consent == null ? null : consent.from().userAgent());
        return tx.preparedQuery(INSERT)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(twin -> Unique.conflict("An application for this program waits for a decision already"))
                .replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, Application a) {
        return tx.preparedQuery(UPDATE).execute(changing(a)).replaceWithVoid();
    }

    /** Takes back what waits for a decision that is not needed any more. */
    Uni<Void> withdrawWaiting(SqlConnection tx, UUID programId, UUID affiliateId, Instant now) {
        return tx.preparedQuery(WITHDRAW_WAITING)
                .execute(Tuple.of(programId, affiliateId, at(now)))
                .replaceWithVoid();
    }

    /** Blanks what tells who applied; answers how many applications had something of it. */
    Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(ERASE).execute(Tuple.of(affiliateId)).map(RowSet::rowCount);
    }

    Uni<List<UUID>> ids(SqlConnection c, UUID affiliateId) {
        return c.preparedQuery("SELECT id FROM application WHERE affiliate_id = $1")
                .execute(Tuple.of(affiliateId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    /** How many were turned down or withdrawn before a moment. */
    Uni<Long> countOlder(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_OLDER)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(RowSet::rowCount);
    }

    private static Tuple changing(Application a) {
        Application.Verdict verdict = a.verdict();
        return Tuple.tuple()
                .addUUID(a.id())
                .addUUID(a.programId())
                .addUUID(a.affiliateId())
                .addString(a.status().word())
                .addString(a.wantedCode())
                .addJsonObject(json(a.form()))
                .addString(a.kyc().word())
                .addString(a.kycBy())
                .addString(verdict == null ? null : verdict.reason())
                .addString(verdict == null ? null : verdict.by())
                .addOffsetDateTime(verdict == null ? null : at(verdict.at()))
                .addOffsetDateTime(at(a.updatedAt()));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime moment = row.getOffsetDateTime(column);
        return moment == null ? null : moment.toInstant();
    }

    private static JsonObject json(ApplicationForm form) {
        JsonArray channels = new JsonArray();
        for (Channel c : form.channels())
            channels.add(
                    new JsonObject().put("kind", c.kind()).put("url", c.url()).put("audience", c.audience()));
        return new JsonObject().put("channels", channels).put("promotion", form.promotion());
    }

    static ApplicationForm form(JsonObject form) {
        List<Channel> channels = form.getJsonArray("channels").stream()
                .map(JsonObject.class::cast)
                .map(c -> new Channel(c.getString("kind"), c.getString("url"), c.getLong("audience")))
                .toList();
        return new ApplicationForm(channels, form.getString("promotion"));
    }

    static Application read(Row row) {
        return new Application(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getUUID("affiliate_id"),
                ApplicationStatus.of(row.getString("status")),
                row.getString("wanted_code"),
                form(row.getJsonObject("form")),
                consent(row),
                KycStatus.of(row.getString("kyc_status")),
                row.getString("kyc_by"),
                row.getString("decided_by") == null
                        ? null
                        : new Application.Verdict(
                                row.getString("reason"), row.getString("decided_by"), instant(row, "decided_at")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Application.@Nullable Consent consent(Row row) {
        UUID agreement = row.getUUID("agreement_id");
        if (agreement == null) return null;
        Agreement.Acceptance from = new Agreement.Acceptance(
                row.getString("accepted_by"), row.getString("ip_prefix"), row.getString("user_agent"));
        return new Application.Consent(
                agreement,
                row.getInteger("terms_version"),
                row.getOffsetDateTime("accepted_at").toInstant(),
                from);
    }
}
