package dev.tributary.analytics.export;

import static dev.tributary.analytics.export.Column.flag;
import static dev.tributary.analytics.export.Column.id;
import static dev.tributary.analytics.export.Column.number;
import static dev.tributary.analytics.export.Column.text;
import static dev.tributary.analytics.export.Column.time;

import dev.tributary.analytics.export.Dataset.Fourth;
import dev.tributary.analytics.export.Dataset.Walk;
import dev.tributary.id.TypeId;
import java.util.List;
import java.util.Set;

/** What affiliates can export of their own; nothing in it tells who a visitor or a customer is. */
final class OwnDatasets {
    private static final String ME = "(SELECT e.affiliate_id FROM enrollment e WHERE e.id = $3)";
    private static final String MY_PROGRAM = "(SELECT e.program_id FROM enrollment e WHERE e.id = $3)";

    private static final Dataset CLICKS = new Dataset(
            "clicks",
            TypeId.CLICK,
            Set.of(),
            Walk.HOURS,
            Dataset.edge("click", "$3::uuid IS NOT NULL"),
            Dataset.slice(
                    "click",
                    "",
                    "t.affiliate_id = " + ME + " AND t.program_id = " + MY_PROGRAM
                            + " AND ($4::timestamptz IS NULL OR t.landed_at >= $4)"),
            Fourth.LANDED_FROM,
            List.of(
                    id("id", "t.id", TypeId.CLICK),
                    time("clickedAt", "t.clicked_at"),
                    id("linkId", "t.link_id", TypeId.LINK),
                    text("traffic", "t.traffic"),
                    text("visit", "t.visit"),
                    flag("credited", "t.credited"),
                    text("country", "t.country"),
                    text("device", "t.device"),
                    text("os", "t.os"),
                    text("browser", "t.browser"),
                    text("referrerHost", "t.referrer_host"),
                    text("landingPage", "t.landing_page"),
                    text("src", "t.src"),
                    text("sub1", "t.sub1"),
                    text("sub2", "t.sub2"),
                    text("sub3", "t.sub3"),
                    text("sub4", "t.sub4"),
                    text("sub5", "t.sub5"),
                    text("externalClickId", "t.external_click_id")));

    /** Credited whole, or in part by the decision that counts. */
    private static final Dataset CONVERSIONS = new Dataset(
            "conversions",
            TypeId.CONVERSION,
            Set.of(),
            Walk.INDEX,
            """
            SELECT t.id FROM (
                (SELECT c.id FROM conversion c
                  WHERE c.enrollment_id = $3 AND c.id > $1 AND c.id <= $2 ORDER BY c.id LIMIT $4::bigint + 1)
                UNION
                (SELECT a.conversion_id FROM attribution a
                   JOIN conversion c ON c.id = a.conversion_id AND c.decision = a.decision
                  WHERE a.affiliate_id = %1$s AND a.enrollment_id = $3 AND a.weight_bps < 10000
                    AND a.conversion_id > $1 AND a.conversion_id <= $2 ORDER BY a.conversion_id LIMIT $4::bigint + 1)) t
             ORDER BY t.id OFFSET $4 LIMIT 1
            """
                    .formatted(ME),
            """
            FROM conversion t
              LEFT JOIN attribution a ON a.conversion_id = t.id AND a.decision = t.decision AND a.enrollment_id = $3
             WHERE t.id IN (
                   SELECT c.id FROM conversion c WHERE c.enrollment_id = $3 AND c.id > $1 AND c.id <= $2
                   UNION
                   SELECT s.conversion_id FROM attribution s
                    WHERE s.affiliate_id = %1$s AND s.enrollment_id = $3 AND s.weight_bps < 10000
                      AND s.conversion_id > $1 AND s.conversion_id <= $2)
               AND (t.enrollment_id = $3 OR a.conversion_id IS NOT NULL)
               AND t.status IN ('accepted', 'refunded')
             ORDER BY t.id
            """
                    .formatted(ME),
            Fourth.NOTHING,
            List.of(
                    id("id", "t.id", TypeId.CONVERSION),
                    id("programId", "t.program_id", TypeId.PROGRAM),
                    time("occurredAt", "t.occurred_at"),
                    text("kind", "t.kind"),
                    text("status", "t.status"),
                    number("amount", "t.amount_minor"),
                    number("refunded", "t.refunded_minor"),
                    text("currency", "t.currency"),
                    number("weightBps", "coalesce(a.weight_bps, 10000)"),
                    id("linkId", "CASE WHEN a.conversion_id IS NULL THEN t.link_id ELSE a.link_id END", TypeId.LINK),
                    text("src", "coalesce(a.src, t.src)")));

    private static final String MINE = "t.affiliate_id = " + ME + " AND t.enrollment_id = $3";

    private static final Dataset COMMISSIONS = new Dataset(
            "commissions",
            TypeId.COMMISSION,
            Set.of(),
            Walk.INDEX,
            Dataset.edge("commission", MINE),
            Dataset.slice("commission", "LEFT JOIN conversion v ON v.id = t.conversion_id", MINE),
            Fourth.NOTHING,
            List.of(
                    id("id", "t.id", TypeId.COMMISSION),
                    id("programId", "t.program_id", TypeId.PROGRAM),
                    time("earnedAt", "t.earned_at"),
                    text("status", "t.status"),
                    number("amount", "t.amount_minor"),
                    number("reversed", "t.reversed_minor"),
                    text("currency", "t.currency"),
                    text("source", "t.source_kind"),
                    text("rule", "t.rule"),
                    number("level", "t.level"),
                    id("conversionId", "t.conversion_id", TypeId.CONVERSION),
                    id("linkId", "CASE WHEN t.level = 0 THEN v.link_id END", TypeId.LINK),
                    text("src", "CASE WHEN t.level = 0 THEN v.src END"),
                    time("releaseAt", "t.release_at"),
                    time("paidAt", "t.paid_at")));

    private static final Dataset PAYOUTS = new Dataset(
            "payouts",
            TypeId.PAYOUT,
            Set.of(),
            Walk.INDEX,
            Dataset.edge("payout", "t.enrollment_id = $3"),
            Dataset.slice("payout", "", "t.enrollment_id = $3"),
            Fourth.NOTHING,
            List.of(
                    id("id", "t.id", TypeId.PAYOUT),
                    id("programId", "t.program_id", TypeId.PROGRAM),
                    text("kind", "t.kind"),
                    // What staff look into with a provider is on its way to whom it goes.
                    text("status", "CASE t.state WHEN 'unknown' THEN 'submitted' ELSE t.state END"),
                    text("reason", "t.reason"),
                    text("rail", "t.rail"),
                    number("gross", "t.gross_minor"),
                    number("fee", "t.fee_minor"),
                    number("withheld", "t.withheld_minor"),
                    number("net", "t.gross_minor - t.fee_minor - t.withheld_minor"),
                    number("returned", "t.returned_minor"),
                    text("currency", "t.currency"),
                    time("createdAt", "t.created_at"),
                    time("submittedAt", "t.submitted_at"),
                    time("paidAt", "t.paid_at"),
                    time("endedAt", "t.ended_at")));

    static final List<Dataset> ALL = List.of(CLICKS, CONVERSIONS, COMMISSIONS, PAYOUTS);

    private OwnDatasets() {}
}
