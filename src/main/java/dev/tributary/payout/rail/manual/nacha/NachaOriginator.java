package dev.tributary.payout.rail.manual.nacha;

/**
 * Who sends files, as their bank has registered it.
 *
 * @param bank who takes the file, and whose number begins every trace
 * @param bankName at most 23 characters
 * @param fileId the sender's 10 characters in the file header, often 1 and the employer's number
 * @param name at most 23 characters
 * @param companyName what payees see, at most 16 characters
 * @param companyId 10 characters
 * @param description what payees see beside it, at most 10 characters
 */
public record NachaOriginator(
        RoutingNumber bank,
        String bankName,
        String fileId,
        String name,
        String companyName,
        String companyId,
        String description) {
    public NachaOriginator {
        fits("bankName", bankName, 23);
        fits("fileId", fileId, 10);
        fits("name", name, 23);
        fits("companyName", companyName, 16);
        fits("companyId", companyId, 10);
        fits("description", description, 10);
        if (description.equalsIgnoreCase("REVERSAL"))
            throw new IllegalArgumentException("REVERSAL is what banks call the opposite of a payout");
    }

    private static void fits(String what, String text, int most) {
        if (text.isBlank() || text.length() > most || !NachaText.isPlain(text))
            throw new IllegalArgumentException("%s has 1 to %d plain characters".formatted(what, most));
    }
}
