package dev.tributary.payout.tax;

import dev.tributary.money.Shares;
import dev.tributary.problem.FieldErrors;

/**
 * A claim of a tax treaty's benefits: lines 9 and 10 of a W-8BEN.
 *
 * @param country of which they are resident within the meaning of the treaty
 * @param article and paragraph, such as {@code VII(1)}
 * @param rateBps the rate of withholding that is claimed
 * @param income what is paid, such as {@code services}
 * @param explanation why they meet the article's further conditions
 */
public record Treaty(String country, String article, int rateBps, String income, String explanation) {
    /** What the law withholds without a treaty. */
    static final int STATUTORY_BPS = 3_000;

    void check(FieldErrors errors, String residence) {
        errors.require(
                        Countries.hasTreaty(country),
                        "treaty.country",
                        "no_treaty",
                        "There is no income tax treaty with that country")
                .require(
                        country.equals(residence),
                        "treaty.country",
                        "other_country",
                        "The treaty is that of the country of residence")
                .require(
                        Shares.isShare(rateBps) && rateBps < STATUTORY_BPS,
                        "treaty.rateBps",
                        "out_of_range",
                        "A treaty's rate is 0 to 2,999 basis points");
        Lines.check(errors, "treaty.article", article, true);
        Lines.check(errors, "treaty.income", income, true);
        Lines.check(errors, "treaty.explanation", explanation, true);
    }
}
