package dev.tributary.commission;

/**
 * What an enrollment has brought of all time, by which tiers are reached: the one way to count it, for the job that gives
 * tiers and for whoever shows how far the next is.
 */
public final class Brought {
    /** Net of refunds: a sale that was given back in part counts with the rest, one that was given back whole not at all. */
    private static final String SQL =
            """
            SELECT count(*) AS conversions,
                   coalesce(sum(v.amount_minor - v.refunded_minor) FILTER (WHERE v.currency = %2$s), 0)::bigint AS revenue
              FROM conversion v
             WHERE v.enrollment_id = %1$s AND v.status = 'accepted'
               AND EXISTS (SELECT FROM commission m
                            WHERE m.conversion_id = v.id AND m.enrollment_id = v.enrollment_id
                              AND m.status NOT IN ('rejected', 'reversed'))
            """;

    private Brought() {}

    /** A query of one row, {@code conversions} and {@code revenue} in minor units, for these columns of a query around it. */
    public static String sql(String enrollmentId, String currency) {
        return SQL.formatted(enrollmentId, currency);
    }
}
