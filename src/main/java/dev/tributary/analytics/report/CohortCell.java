package dev.tributary.analytics.report;

import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;

/**
 * What the customers of a cohort did at one age.
 *
 * @param referrals how many they are; at age 0 alone
 * @param converted who bought for the first time
 * @param churned who had bought and left
 * @param buyers who bought anything
 * @param revenue of their sales, without what was refunded since
 */
record CohortCell(
        LocalDate cohort,
        int age,
        long referrals,
        long converted,
        long churned,
        long buyers,
        long sales,
        long revenue) {
    static CohortCell read(Row row) {
        return new CohortCell(
                row.getLocalDate("cohort"),
                row.getInteger("age"),
                row.getLong("referrals"),
                row.getLong("converted"),
                row.getLong("churned"),
                row.getLong("buyers"),
                row.getLong("sales"),
                row.getLong("revenue_minor"));
    }
}
