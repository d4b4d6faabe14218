package dev.tributary.payout.rail.manual.nacha;

/**
 * One entry that a bank sent back, or told us to write otherwise next time.
 *
 * @param trace of the entry that it is about, as our file had it
 * @param code R01 to R85 for what came back, C01 to C14 for a correction of what went through
 * @param information what the bank adds, such as the right account number of a correction; personal data
 */
public record NachaReturn(String trace, String code, long cents, String reference, String information) {
    /** Whether the money is back. */
    public boolean isMoneyBack() {
        return code.startsWith("R");
    }

    /** Whether sending to this account again would bring the same: closed, unknown, frozen, its owner dead. */
    public boolean isAccountUnusable() {
        return switch (code) {
            case "R02", "R03", "R04", "R12", "R13", "R14", "R15", "R16", "R20" -> true;
            default -> false;
        };
    }

    /** For people: the code with what it means. */
    public String told() {
        String meaning = NachaReturnCodes.meaning(code);
        return meaning.isEmpty() ? code : code + " " + meaning;
    }
}
