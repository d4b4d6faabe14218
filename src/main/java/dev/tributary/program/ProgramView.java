package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A program as the API shows it. */
@Schema(name = "Program")
record ProgramView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "Acme Shop") String name,
        @Schema(examples = "acme-shop") String slug,
        @Schema(examples = "https://shop.example.com/welcome") String landingUrl,
        List<String> allowedHosts,
        @Schema(examples = "USD") String currency,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "tributary") String utmSource,
        @Schema(examples = "30") int windowDays,
        boolean honorGpc,
        boolean active,
        @Schema(examples = "1000", description = "The share of a sale in basis points, where no tier says otherwise")
                int baseRateBps,
        ProgramRules.Attribution attributionModel,
        @Schema(examples = "30", description = "How long a commission stays pending") int holdDays,
        @Schema(description = "What a balance must reach to be paid") Money minPayout,
        @Schema(examples = "[\"deep links\"]") List<String> features,
        boolean autoApprove,
        boolean leaderboard,
        boolean twoTier,
        @Schema(description = "Whether refunds take the bonus of a milestone back that does not say itself")
                boolean milestoneClawback,
        @Schema(description = "Offered for deep links") List<ProgramPage> pages,
        Instant createdAt,
        Instant updatedAt) {
    static ProgramView of(Program p) {
        return new ProgramView(
                TypeId.PROGRAM.format(p.id()),
                p.name(),
                p.slug(),
                p.landingUrl(),
                p.allowedHosts(),
                p.currency(),
                p.timeZone(),
                p.utmSource(),
                p.windowDays(),
                p.honorGpc(),
                p.active(),
                p.rules().baseRateBps(),
                p.rules().attribution(),
                p.rules().holdDays(),
                new Money(p.rules().minPayoutMinor(), p.currency()),
                p.rules().features(),
                p.rules().autoApprove(),
                p.rules().leaderboard(),
                p.rules().twoTier(),
                p.rules().milestoneClawback(),
                p.pages(),
                p.createdAt(),
                p.updatedAt());
    }
}
