package dev.tributary.payout.tax;

/**
 * What follows from a form for payments, without who gave it: all that runs and year ends need of most forms, which need not be
 * opened for it.
 *
 * @param withholding whether tax must be withheld from what is paid on it
 * @param reported whether what is paid on it is reported on a 1099
 */
public record FormFacts(FormKind kind, boolean withholding, boolean reported) {
    /** Of a W-8BEN-E, which is kept on paper. */
    static final FormFacts ON_PAPER = new FormFacts(FormKind.W8BEN_E, false, false);
}
