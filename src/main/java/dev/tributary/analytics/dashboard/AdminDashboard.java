package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What staff see first of a program: how it does, who brings it, what is being paid, and what needs a person. */
@Schema(name = "AdminDashboard")
record AdminDashboard(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco Goods") String programName,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "2026-10-23") LocalDate from,
        @Schema(examples = "2026-11-22", description = "The day after the last one") LocalDate to,
        @Schema(description = "Of when this tells: some seconds ago at most") Instant asOf,
        @Schema(description = "Of these days") Figures.View figures,
        @Schema(description = "Of as many days before") Figures.View previous,
        @Schema(description = "Conversions on each of these days") List<TrendDay> trend,
        @Schema(description = "The ten with the most revenue") List<Breakdown.Affiliate> topAffiliates,
        PayoutSums payouts,
        Alerts alerts) {
    AdminDashboard {
        trend = List.copyOf(trend);
        topAffiliates = List.copyOf(topAffiliates);
    }

    /** Payouts in the program's currency. */
    @Schema(name = "DashboardPayouts")
    record PayoutSums(
            @Schema(description = "Paid in these days, before fees, what came back left out") Money processed,
            @Schema(description = "Not paid yet, whenever they were made") CountAndSum pending,
            @Schema(description = "Made in these days, by what has become of them") List<StatusLine> byStatus,
            @Schema(description = "Made in these days and not canceled, by rail") List<RailLine> byRail,
            @Schema(description = "Made in these days and not canceled, by what is sent") List<SizeLine> bySize,
            @Schema(examples = "2", description = "Failed or returned in these days") long failed,
            @Schema(description = "The ten newest of these") List<FailedPayout> failures) {
        PayoutSums {
            byStatus = List.copyOf(byStatus);
            byRail = List.copyOf(byRail);
            bySize = List.copyOf(bySize);
            failures = List.copyOf(failures);
        }
    }

    @Schema(name = "CountAndSum")
    record CountAndSum(@Schema(examples = "12") long count, Money sum) {}

    /** Payouts in one state. */
    @Schema(name = "PayoutStatusLine")
    record StatusLine(
            @Schema(
                            examples = "paid",
                            enumeration = {
                                "requested",
                                "approved",
                                "submitted",
                                "unknown",
                                "paid",
                                "failed",
                                "canceled",
                                "returned"
                            })
                    String status,
            @Schema(examples = "12") long count,
            @Schema(description = "What is or was to be sent") Money net) {}

    @Schema(name = "PayoutRailLine")
    record RailLine(@Schema(examples = "stripe") String rail, @Schema(examples = "12") long count, Money net) {}

    /** Payouts of like size. */
    @Schema(name = "PayoutSizeLine")
    record SizeLine(
            @Schema(description = "From this on") Money from,
            @Schema(implementation = Money.class, nullable = true, description = "Up to less than this; null: no end")
                    @Nullable
                    Money below,
            @Schema(examples = "12") long count,
            Money net) {}

    @Schema(name = "FailedPayout")
    record FailedPayout(
            @Schema(examples = "pyt_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Ecofluencer") String name,
            @Schema(
                            examples = "failed",
                            enumeration = {"failed", "returned"})
                    String status,
            @Schema(examples = "account_closed") String reason,
            Money net,
            Instant endedAt) {}

    /** What waits for a person. */
    @Schema(name = "DashboardAlerts")
    record Alerts(
            @Schema(examples = "3", description = "Affiliates that are watched, held or have a high fraud score")
                    long suspects,
            @Schema(description = "The five with the highest scores") List<Suspect> worst,
            @Schema(description = "Commissions that somebody held") CountAndSum heldCommissions,
            @Schema(examples = "1", description = "Reports of the public about affiliates of the program, not decided")
                    long abuseReports,
            @Schema(examples = "4", description = "Applications that wait for an answer") long applications,
            @Schema(examples = "0", description = "What payouts ask people, in all programs") long payoutTasks) {
        Alerts {
            worst = List.copyOf(worst);
        }
    }

    @Schema(name = "Suspect")
    record Suspect(
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Ecofluencer") String name,
            @Schema(
                            examples = "held",
                            enumeration = {"clear", "watch", "held"})
                    String status,
            @Schema(nullable = true, examples = "80", description = "0 to 100; null: nobody looked") @Nullable
                    Integer score,
            @Schema(description = "By what the score came about") List<String> reasons) {
        Suspect {
            reasons = List.copyOf(reasons);
        }
    }
}
