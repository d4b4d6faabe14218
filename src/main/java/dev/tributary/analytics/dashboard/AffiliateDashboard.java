package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.commission.MilestoneView;
import dev.tributary.money.Money;
import dev.tributary.program.TierView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an affiliate sees first: how they are doing, what they have earned, and what comes next. */
@Schema(name = "AffiliateDashboard")
record AffiliateDashboard(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco Goods") String programName,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "2026-10-23") LocalDate from,
        @Schema(examples = "2026-11-22", description = "The day after the last one") LocalDate to,
        Instant asOf,
        @Schema(description = "Of these days") Figures.View figures,
        @Schema(description = "Of as many days before") Figures.View previous,
        @Schema(description = "Each of these days") List<TrendDay> trend,
        Earnings earnings,
        TierStanding tier,
        MilestoneView.Path milestones,
        @Schema(description = "The ten source tags with the most revenue") List<Breakdown.Source> sources,
        @Schema(description = "The five links with the most revenue") List<Breakdown.Link> links,
        @Schema(description = "The five newest") List<ReferralLine> recentReferrals,
        PayoutStanding payout) {
    AffiliateDashboard {
        trend = List.copyOf(trend);
        sources = List.copyOf(sources);
        links = List.copyOf(links);
        recentReferrals = List.copyOf(recentReferrals);
    }

    /** All that was earned, by what has become of it, in the program's currency. */
    @Schema(name = "DashboardEarnings")
    record Earnings(
            @Schema(description = "Within the refund window, with what is held") Money pending,
            @Schema(description = "Of pending, what somebody looks at first") Money held,
            @Schema(description = "What can be paid out; less than 0 is owed back") Money available,
            @Schema(description = "On its way out") Money inTransit,
            @Schema(description = "Paid out so far, what came back left out") Money paid) {}

    /** The tier that is reached and the way to the next. */
    @Schema(name = "DashboardTier")
    record TierStanding(
            @Schema(nullable = true, description = "null: none yet") @Nullable TierView current,
            @Schema(nullable = true, description = "null: there is none") @Nullable TierView next,
            @Schema(examples = "37", description = "Conversions that earned, of all time") long conversions,
            @Schema(description = "What they sold for, less refunds") Money revenue,
            @Schema(examples = "7400", description = "How much of the way to the next is done, in basis points")
                    int shareBps) {}

    /** A customer who was bound. */
    @Schema(name = "RecentReferral")
    record ReferralLine(
            @Schema(examples = "ref_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(
                            examples = "converted",
                            enumeration = {"signed_up", "converted", "churned"})
                    String status,
            @Schema(examples = "newsletter") String src,
            Instant signedUpAt) {}

    /** When money comes, and what stands against it. */
    @Schema(name = "DashboardPayout")
    record PayoutStanding(
            @Schema(examples = "2026-12-01", description = "The next day on which the program pays by itself")
                    LocalDate nextRun,
            @Schema(
                            examples = "monthly",
                            enumeration = {"monthly", "daily"})
                    String schedule,
            @Schema(description = "What must be available") Money minimum,
            @Schema(description = "Whether a run would pay as things are now") boolean eligible,
            @Schema(examples = "[\"under_minimum\"]", description = "Everything that stands against it")
                    List<String> bars) {
        PayoutStanding {
            bars = List.copyOf(bars);
        }
    }
}
