package dev.tributary.analytics;

import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Channel;
import dev.tributary.affiliate.PartnerType;
import dev.tributary.affiliate.TaxStatus;
import dev.tributary.id.TypeId;
import dev.tributary.program.Enrollment;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An affiliate as the API shows it to themselves. */
@Schema(name = "Profile")
record ProfileView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "Ecofluencer") String name,
        @Schema(examples = "eco@example.com") String email,
        @Schema(examples = "DE") String country,
        PartnerType partnerType,
        AffiliateStatus status,
        @Schema(examples = "", description = "Why the status is what it is") String statusReason,
        @Schema(examples = "Eco", description = "What others see, on a leaderboard for instance") String displayName,
        @Schema(description = "Whether leaderboards that name people may show the display name")
                boolean leaderboardOptIn,
        List<Channel> channels,
        @Schema(examples = "Weekly posts about refills") String promotion,
        TaxStatus taxStatus,
        @Schema(description = "The programs you are in, at most 100 of them") List<ProgramLine> programs,
        @Schema(
                        implementation = MembershipView.class,
                        nullable = true,
                        description = "The program that was asked for, or the only one; else null")
                @Nullable
                MembershipView membership,
        Instant createdAt) {
    /** One of the programs. */
    @Schema(name = "ProfileProgram")
    record ProgramLine(
            @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
            @Schema(examples = "Eco Goods") String name,
            @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
            Enrollment.Status status) {
        static ProgramLine of(Row row) {
            return new ProgramLine(
                    TypeId.PROGRAM.format(row.getUUID("program_id")),
                    row.getString("program_name"),
                    TypeId.ENROLLMENT.format(row.getUUID("enrollment_id")),
                    Enrollment.Status.of(row.getString("enrollment_status")));
        }
    }

    /** From the rows of {@link ProfileQueries}, one for each program. */
    static ProfileView of(List<Row> rows, @Nullable MembershipView shown) {
        Row me = rows.get(0);
        return new ProfileView(
                TypeId.AFFILIATE.format(me.getUUID("affiliate_id")),
                me.getString("name"),
                me.getString("email"),
                me.getString("country"),
                PartnerType.of(me.getString("partner_type")),
                AffiliateStatus.of(me.getString("status")),
                me.getString("status_reason"),
                me.getString("display_name"),
                me.getBoolean("leaderboard_opt_in"),
                Channel.read(me.getJsonArray("channels")),
                me.getString("promotion"),
                TaxStatus.of(me.getString("tax_status")),
                rows.stream()
                        .filter(row -> row.getUUID("enrollment_id") != null)
                        .map(ProgramLine::of)
                        .toList(),
                shown,
                me.getOffsetDateTime("created_at").toInstant());
    }
}
