package dev.tributary.payout.rail.manual.nacha;

import java.util.Map;

/**
 * What the codes of returned credits and of corrections mean, in a few words; those that only debits come back with are left
 * out.
 *
 * @see <a href="https://moov-io.github.io/ach/returns/">returns</a>
 */
final class NachaReturnCodes {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("R02", "account closed"),
            Map.entry("R03", "no account, or not in that name"),
            Map.entry("R04", "account number not valid"),
            Map.entry("R06", "returned because we asked for it"),
            Map.entry("R12", "account was sold to another bank"),
            Map.entry("R13", "routing number not valid"),
            Map.entry("R14", "payee's representative died or is not able to go on"),
            Map.entry("R15", "account holder died"),
            Map.entry("R16", "account frozen"),
            Map.entry("R17", "the bank could not read the entry, or doubts it"),
            Map.entry("R20", "account takes no transfers"),
            Map.entry("R21", "company number not valid"),
            Map.entry("R22", "payee's number not valid"),
            Map.entry("R23", "payee refused it"),
            Map.entry("R24", "duplicate"),
            Map.entry("R31", "company's bank allows a late return"),
            Map.entry("R34", "the bank may not take part"),
            Map.entry("R61", "return sent to the wrong bank"),
            Map.entry("R62", "return of a wrong reversal"),
            Map.entry("R67", "returned twice"),
            Map.entry("R68", "returned too late"),
            Map.entry("R69", "return with wrong fields"),
            Map.entry("C01", "account number to be corrected"),
            Map.entry("C02", "routing number to be corrected"),
            Map.entry("C03", "routing and account number to be corrected"),
            Map.entry("C04", "name to be corrected"),
            Map.entry("C05", "kind of account to be corrected"),
            Map.entry("C06", "account number and kind to be corrected"),
            Map.entry("C07", "routing number, account number and kind to be corrected"),
            Map.entry("C09", "payee's number to be corrected"),
            Map.entry("C13", "addenda to be corrected"));

    private NachaReturnCodes() {}

    /** Empty for what is not in the list. */
    static String meaning(String code) {
        return MEANINGS.getOrDefault(code, "");
    }
}
