package dev.tributary.analytics;

import java.util.Locale;

/**
 * What rows of statistics stand for. Days, weeks (ISO, named by their Monday) and months are those of the program's time
 * zone, and run upward; everything else begins with the most.
 */
enum GroupBy {
    /** Nothing: there are sums only. */
    ALL("''", "''", "''", "NULL"),
    DAY("to_char(%s AT TIME ZONE span.zone, 'YYYY-MM-DD')"),
    WEEK("to_char(date_trunc('week', %s AT TIME ZONE span.zone), 'YYYY-MM-DD')"),
    MONTH("to_char(%s AT TIME ZONE span.zone, 'YYYY-MM')"),
    SRC("h.src", "v.src", "coalesce(v.src, '')", "NULL"),
    LINK(
            "h.link_id::text",
            "coalesce(v.link_id::text, '')",
            "coalesce(v.link_id::text, '')",
            "(SELECT code FROM link WHERE link.id = nullif(key, '')::uuid)"),
    CAMPAIGN(
            campaignOf("h"),
            campaignOf("v"),
            campaignOf("v"),
            "(SELECT name FROM campaign WHERE campaign.id = nullif(key, '')::uuid)");

    /** The key of a row of the hourly rollup {@code h}, of a conversion {@code v}, of a commission {@code m}. */
    final String clicks;

    final String conversions;
    final String commissions;
    final String label;

    GroupBy(String clicks, String conversions, String commissions, String label) {
        this.clicks = clicks;
        this.conversions = conversions;
        this.commissions = commissions;
        this.label = label;
    }

    GroupBy(String ofMoment) {
        this(
                ofMoment.formatted("h.hour"),
                ofMoment.formatted("v.occurred_at"),
                ofMoment.formatted("m.earned_at"),
                "NULL");
    }

    private static String campaignOf(String table) {
        return "coalesce((SELECT l.campaign_id::text FROM link l WHERE l.id = %s.link_id), '')".formatted(table);
    }

    /** Whether the range of time alone bounds its rows, so that none is ever cut off. */
    boolean isTime() {
        return this == DAY || this == WEEK || this == MONTH;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GroupBy of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
