package dev.tributary.payout.tax;

/**
 * A form with what shows that it was signed.
 *
 * @param address from which it was sent, whole: kept sealed, as evidence
 * @param userAgent of the browser, cut
 */
record SignedForm(TaxForm form, String address, String userAgent) {
    private static final int MOST_CHARACTERS = 500;

    SignedForm {
        userAgent = userAgent.substring(0, Math.min(MOST_CHARACTERS, userAgent.length()));
    }

    @Override
    public String toString() {
        return "signed " + form;
    }
}
