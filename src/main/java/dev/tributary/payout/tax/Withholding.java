package dev.tributary.payout.tax;

import dev.tributary.money.Shares;
import java.util.Optional;

/**
 * Whether and how much a program keeps back from a payout for the IRS.
 *
 * @param on a program outside the United States withholds nothing
 * @param bps basis points of the whole payment
 * @see <a href="https://www.irs.gov/businesses/small-businesses-self-employed/backup-withholding">backup withholding</a>
 */
public record Withholding(boolean on, int bps) {
    /** As the law has it for 2018 and later (26 USC 3406(a)(1)). */
    public static final int BACKUP_BPS = 2_400;

    public static final Withholding OFF = new Withholding(false, BACKUP_BPS);
    public static final Withholding BACKUP = new Withholding(true, BACKUP_BPS);

    public Withholding {
        if (!Shares.isShare(bps)) throw new IllegalArgumentException("A share is 0 to " + Shares.WHOLE);
    }

    /**
     * What is kept back from a payment, in basis points: where the payee said that it must be, where the IRS told the payer
     * so, and where no form says who they are.
     *
     * @param told whether the IRS told the payer to withhold from them (a B or C notice)
     */
    public int of(Optional<FormFacts> form, boolean told) {
        boolean due = form.map(FormFacts::withholding).orElse(true) || told && isUs(form);
        return on && due ? bps : 0;
    }

    private static boolean isUs(Optional<FormFacts> form) {
        return form.map(given -> given.kind() == FormKind.W9).orElse(true);
    }
}
