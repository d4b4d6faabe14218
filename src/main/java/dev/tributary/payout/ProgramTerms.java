package dev.tributary.payout;

import java.time.Duration;

/**
 * How a program pays out, as its staff set it. Amounts are minor units of the program's currency.
 *
 * @param cooling how long a changed destination waits
 * @param taxFormRequired whether nobody is paid without a tax form
 * @param verifiedPapers whether somebody must have looked at that form first
 * @param dayOfMonth on which the monthly run is due, in the program's time zone; a day that every month has
 * @param daily whether trusted affiliates may choose to be paid daily
 * @param requests whether trusted affiliates may ask to be paid at any time
 */
public record ProgramTerms(
        Fees fees,
        Duration cooling,
        boolean taxFormRequired,
        boolean verifiedPapers,
        Approval.Limits limits,
        int dayOfMonth,
        boolean daily,
        boolean requests) {
    /** A month: longer is a refusal to pay, and that has a way of its own. */
    public static final Duration LONGEST_COOLING = Duration.ofHours(720);
    /** As much as any setting of money in a program may be. */
    public static final long MOST_MONEY = 1_000_000_000_000L;

    /** What holds where staff set nothing: careful with papers, and a person looks at whatever is not small. */
    public static final ProgramTerms USUAL = new ProgramTerms(
            Fees.NONE, PayoutTerms.COOLING, true, false, new Approval.Limits(50_000, 1_000_000), 1, true, true);

    public ProgramTerms {
        if (cooling.isNegative() || cooling.compareTo(LONGEST_COOLING) > 0)
            throw new IllegalArgumentException("A destination cools for 0 to " + LONGEST_COOLING.toHours() + " hours");
        if (dayOfMonth < 1 || dayOfMonth > Period.LATEST_DAY)
            throw new IllegalArgumentException("A day that every month has: 1 to " + Period.LATEST_DAY);
    }

    /** Whom the program pays, given what it or a program's rules ask to be there at least. */
    public PayoutTerms at(long minimumMinor) {
        return new PayoutTerms(minimumMinor, fees, cooling, verifiedPapers);
    }
}
