package dev.tributary.analytics.report;

/**
 * How good the customers are whom an affiliate brings, from 0 to 100: the share of sales that are not refunded times the
 * share of new customers who do not leave.
 *
 * <pre>
 * refund  = (refunds + 20 * mean refund) / (sales + 20)
 * churn   = (churns  + 20 * mean churn)  / (new customers + 20)
 * quality = 100 * (1 - refund) * (1 - churn)
 * </pre>
 *
 * <p>New customers are sales that are not repeat sales. The means are the whole program's in the same days, so that somebody
 * with two sales and one refund is near the mean, and with two hundred and a hundred is not (shrinkage towards the mean by
 * twenty pseudo-observations). Each share is kept within 0 and 1: refunds of earlier sales may outnumber the sales.
 */
final class Quality {
    /** Pseudo-observations: half of the weight is the affiliate's own from twenty sales on. */
    static final int PRIOR = 20;

    /** One row: the means of program $1 from day $2 to day $3. */
    static final String MEAN =
            """
            SELECT least(greatest(coalesce(refunds::float8 / nullif(sales, 0), 0), 0), 1) AS refund,
                   least(greatest(coalesce(churns::float8 / nullif(greatest(sales - repeat_sales, 0), 0), 0), 0), 1) AS churn
              FROM figures_total($1, NULL, $2, $3)""";

    /** Over a row {@code e} of figures and the row {@code mean}; 0 to 100, not rounded. */
    static final String OF_A_ROW = "100 * (1 - %s) * (1 - %s)"
            .formatted(
                    shrunk("e.refunds", "mean.refund", "e.sales"),
                    shrunk("e.churns", "mean.churn", "greatest(e.sales - e.repeat_sales, 0)"));

    private Quality() {}

    private static String shrunk(String some, String mean, String of) {
        return "least(greatest((%s + %d * %s) / (%s + %d), 0), 1)".formatted(some, PRIOR, mean, of, PRIOR);
    }
}
