package dev.tributary.payout.tax;

import java.util.List;

/** What somebody confirms under penalties of perjury by signing, in the words of the forms. */
final class Certifications {
    /** Form W-9 (Rev. 3-2024), part II. */
    private static final List<String> W9 = List.of(
            "The number shown on this form is my correct taxpayer identification number.",
            "I am not subject to backup withholding because I am exempt from it, or the IRS has not notified me that I am subject"
                    + " to it as a result of a failure to report all interest or dividends, or the IRS has notified me that I am"
                    + " no longer subject to it; or I have said so by notifiedOfWithholding.",
            "I am a U.S. citizen or other U.S. person.",
            "The FATCA code entered on this form (if any) indicating that I am exempt from FATCA reporting is correct.");
    /** Form W-8BEN (Rev. 10-2021), part III. */
    private static final List<String> W8BEN = List.of(
            "I am the individual that is the beneficial owner (or am authorized to sign for the individual that is the beneficial"
                    + " owner) of all the income to which this form relates or am using this form to document myself for"
                    + " chapter 4 purposes.",
            "The person named on this form is not a U.S. person.",
            "This form relates to income not effectively connected with the conduct of a trade or business in the United States,"
                    + " or to income that is effectively connected but is not subject to tax under an applicable income tax"
                    + " treaty.",
            "The person named on this form is a resident of the treaty country listed on it (if any) within the meaning of the"
                    + " income tax treaty between the United States and that country.",
            "I authorize this form to be provided to any withholding agent that has control, receipt, or custody of the income of"
                    + " which I am the beneficial owner.",
            "I agree that I will submit a new form within 30 days if any certification made on this form becomes incorrect.");

    private Certifications() {}

    /** None for a form that is signed on paper. */
    static List<String> of(FormKind kind) {
        return switch (kind) {
            case W9 -> W9;
            case W8BEN -> W8BEN;
            case W8BEN_E -> List.of();
        };
    }
}
