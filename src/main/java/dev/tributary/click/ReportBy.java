package dev.tributary.click;

import dev.tributary.id.TypeId;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a report's rows stand for: an expression over the rollup's columns, and how its value is shown. Times run upward,
 * everything else begins with the most clicks. $6 is the time zone.
 */
enum ReportBy {
    DAY("to_char(hour AT TIME ZONE $6, 'YYYY-MM-DD')", "NULL", "", "1", UnaryOperator.identity()),
    HOUR(
            "to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
            "NULL",
            "",
            "1",
            UnaryOperator.identity()),
    LINK("link_id::text", "l.code", "LEFT JOIN link l ON l.id = g.key::uuid", Order.MOST, id(TypeId.LINK)),
    AFFILIATE(
            "affiliate_id::text",
            "a.name",
            "LEFT JOIN affiliate a ON a.id = g.key::uuid",
            Order.MOST,
            id(TypeId.AFFILIATE)),
    SRC("src", "NULL", "", Order.MOST, UnaryOperator.identity()),
    COUNTRY("country", "NULL", "", Order.MOST, UnaryOperator.identity()),
    DEVICE("device", "NULL", "", Order.MOST, UnaryOperator.identity());

    final String key;
    final String label;
    final String join;
    final String order;
    final UnaryOperator<String> shown;

    ReportBy(String key, String label, String join, String order, UnaryOperator<String> shown) {
        this.key = key;
        this.label = label;
        this.join = join;
        this.order = order;
        this.shown = shown;
    }

    private static final class Order {
        static final String MOST = "clicks DESC, 1";
    }

    private static UnaryOperator<String> id(TypeId kind) {
        return text -> kind.format(UUID.fromString(text));
    }

    /** Whether its rows are bounded by the range of time alone, so that none is ever cut off. */
    boolean isTime() {
        return this == DAY || this == HOUR;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReportBy of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
