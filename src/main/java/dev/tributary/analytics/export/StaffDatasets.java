package dev.tributary.analytics.export;

import static dev.tributary.analytics.export.Column.flag;
import static dev.tributary.analytics.export.Column.id;
import static dev.tributary.analytics.export.Column.json;
import static dev.tributary.analytics.export.Column.kindAndId;
import static dev.tributary.analytics.export.Column.number;
import static dev.tributary.analytics.export.Column.text;
import static dev.tributary.analytics.export.Column.time;

import dev.tributary.analytics.export.Dataset.Fourth;
import dev.tributary.analytics.export.Dataset.Walk;
import dev.tributary.id.TypeId;
import java.util.List;
import java.util.Set;

/** What staff can export of a program. */
final class StaffDatasets {
    private static final Set<String> ALL_STAFF = Set.of("admin", "finance", "support");
    private static final String OF_PROGRAM = "t.program_id = $3";
    /** What is scanned is not narrowed before it is counted. */
    private static final String ANY = "$3::uuid IS NOT NULL";

    private static final Column PROGRAM = id("programId", "t.program_id", TypeId.PROGRAM);
    private static final Column AFFILIATE = id("affiliateId", "t.affiliate_id", TypeId.AFFILIATE);
    private static final Column ENROLLMENT = id("enrollmentId", "t.enrollment_id", TypeId.ENROLLMENT);
    private static final Column CURRENCY = text("currency", "t.currency");

    private static final Dataset CLICKS = new Dataset(
            "clicks",
            TypeId.CLICK,
            Set.of("admin", "support"),
            Walk.SCAN,
            Dataset.edge("click", ANY),
            Dataset.slice("click", "", OF_PROGRAM + " AND ($4::timestamptz IS NULL OR t.landed_at >= $4)"),
            Fourth.LANDED_FROM,
            List.of(
                    id("id", "t.id", TypeId.CLICK),
                    time("clickedAt", "t.clicked_at"),
                    time("landedAt", "t.landed_at"),
                    id("linkId", "t.link_id", TypeId.LINK),
                    PROGRAM,
                    AFFILIATE,
                    id("visitorId", "t.visitor_id", TypeId.VISITOR),
                    text("origin", "t.origin"),
                    text("traffic", "t.traffic"),
                    text("visit", "t.visit"),
                    flag("credited", "t.credited"),
                    flag("flood", "t.flood"),
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
                    text("externalClickId", "t.external_click_id"),
                    json("adParams", "t.ad_params")));

    private static final Dataset CONVERSIONS = byProgram(
            "conversions",
            TypeId.CONVERSION,
            "conversion",
            List.of(
                    id("id", "t.id", TypeId.CONVERSION),
                    time("occurredAt", "t.occurred_at"),
                    time("createdAt", "t.created_at"),
                    PROGRAM,
                    text("kind", "t.kind"),
                    text("status", "t.status"),
                    text("reason", "t.reason_code"),
                    text("externalId", "t.external_id"),
                    text("customerExternalId", "t.customer_external_id"),
                    number("amount", "t.amount_minor"),
                    number("refunded", "t.refunded_minor"),
                    CURRENCY,
                    AFFILIATE,
                    ENROLLMENT,
                    id("linkId", "t.link_id", TypeId.LINK),
                    id("clickId", "t.click_id", TypeId.CLICK),
                    text("src", "t.src"),
                    text("promoCode", "t.promo_code"),
                    text("door", "t.door"),
                    number("decision", "t.decision"),
                    json("items", "t.lines"),
                    json("details", "t.details")));

    private static final Dataset COMMISSIONS = byProgram(
            "commissions",
            TypeId.COMMISSION,
            "commission",
            List.of(
                    id("id", "t.id", TypeId.COMMISSION),
                    time("earnedAt", "t.earned_at"),
                    time("createdAt", "t.created_at"),
                    PROGRAM,
                    AFFILIATE,
                    ENROLLMENT,
                    text("status", "t.status"),
                    number("amount", "t.amount_minor"),
                    number("reversed", "t.reversed_minor"),
                    CURRENCY,
                    text("source", "t.source_kind"),
                    kindAndId("sourceId", "t.source_kind", "t.source_id"),
                    text("rule", "t.rule"),
                    number("level", "t.level"),
                    id("conversionId", "t.conversion_id", TypeId.CONVERSION),
                    text("reason", "t.reason"),
                    time("releaseAt", "t.release_at"),
                    time("paidAt", "t.paid_at")));

    private static final Dataset PAYOUTS = byProgram(
            "payouts",
            TypeId.PAYOUT,
            "payout",
            List.of(
                    id("id", "t.id", TypeId.PAYOUT),
                    text("kind", "t.kind"),
                    id("runId", "t.run_id", TypeId.PAYOUT_RUN),
                    PROGRAM,
                    AFFILIATE,
                    ENROLLMENT,
                    text("status", "t.state"),
                    text("hold", "t.hold"),
                    text("reason", "t.reason"),
                    text("rail", "t.rail"),
                    number("gross", "t.gross_minor"),
                    number("fee", "t.fee_minor"),
                    number("withheld", "t.withheld_minor"),
                    number("net", "t.gross_minor - t.fee_minor - t.withheld_minor"),
                    number("returned", "t.returned_minor"),
                    CURRENCY,
                    time("createdAt", "t.created_at"),
                    time("approvedAt", "t.approved_at"),
                    time("submittedAt", "t.submitted_at"),
                    time("paidAt", "t.paid_at"),
                    time("endedAt", "t.ended_at")));

    private static final Dataset REFERRALS = byProgram(
            "referrals",
            TypeId.REFERRAL,
            "referral",
            List.of(
                    id("id", "t.id", TypeId.REFERRAL),
                    PROGRAM,
                    AFFILIATE,
                    ENROLLMENT,
                    text("customerExternalId", "t.customer_external_id"),
                    text("status", "t.status"),
                    text("src", "t.src"),
                    id("clickId", "t.click_id", TypeId.CLICK),
                    time("signedUpAt", "t.signed_up_at"),
                    time("convertedAt", "t.converted_at"),
                    time("churnedAt", "t.churned_at")));

    private static final Dataset REFUNDS = byProgram(
            "refunds",
            TypeId.REFUND,
            "refund",
            List.of(
                    id("id", "t.id", TypeId.REFUND),
                    time("occurredAt", "t.occurred_at"),
                    time("createdAt", "t.created_at"),
                    PROGRAM,
                    text("kind", "t.kind"),
                    text("externalId", "t.external_id"),
                    text("saleExternalId", "t.sale_external_id"),
                    id("conversionId", "t.conversion_id", TypeId.CONVERSION),
                    number("amount", "t.amount_minor"),
                    CURRENCY));

    private static final Dataset LEDGER = new Dataset(
            "ledger",
            TypeId.ENTRY,
            ALL_STAFF,
            Walk.SCAN,
            Dataset.edge("ledger_entry", ANY),
            """
            FROM ledger_entry t
             WHERE t.id >= $1 AND t.id <= $2 AND t.program_id = $3 AND (t.id > $1 OR t.line > $4::integer)
             ORDER BY t.id, t.line
            """,
            Fourth.LINE,
            List.of(
                    id("id", "t.id", TypeId.ENTRY),
                    number("line", "t.line"),
                    time("occurredAt", "t.occurred_at"),
                    text("kind", "t.kind"),
                    text("source", "t.source_kind"),
                    kindAndId("sourceId", "t.source_kind", "t.source_id"),
                    number("number", "t.number"),
                    PROGRAM,
                    ENROLLMENT,
                    text("debit", "t.debit"),
                    text("credit", "t.credit"),
                    number("amount", "t.amount_minor"),
                    CURRENCY,
                    text("memo", "t.memo")));

    static final List<Dataset> ALL = List.of(CLICKS, CONVERSIONS, COMMISSIONS, PAYOUTS, REFERRALS, REFUNDS, LEDGER);

    private StaffDatasets() {}

    private static Dataset byProgram(String word, TypeId kind, String table, List<Column> columns) {
        return new Dataset(
                word,
                kind,
                ALL_STAFF,
                Walk.INDEX,
                Dataset.edge(table, OF_PROGRAM),
                Dataset.slice(table, "", OF_PROGRAM),
                Fourth.NOTHING,
                columns);
    }
}
