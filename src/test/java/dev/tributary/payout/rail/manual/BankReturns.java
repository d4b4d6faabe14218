package dev.tributary.payout.rail.manual;

import java.util.ArrayList;
import java.util.List;

/** A bank's file of returns, with counts and sums that hold. */
final class BankReturns {
    private static final String BANK = "09100001";

    private record Line(String trace, String code, long cents) {}

    private final List<Line> lines = new ArrayList<>();

    BankReturns and(String trace, String code, long cents) {
        lines.add(new Line(trace, code, cents));
        return this;
    }

    String text() {
        List<String> records = new ArrayList<>();
        records.add(filled("101 091000019 1123456789" + "2611240000A094101FIRST BANK             TRIBUTARY SHOP"));
        records.add(filled(
                "5220TRIBUTARY                           1123456789PPDAFFILIATE 261124261124   1" + BANK + "0000001"));
        long cents = 0;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            cents += line.cents;
            records.add(filled("621" + BANK + "9" + filled("123456789", 17) + digits(line.cents, 10)
                    + filled("REFERENCE", 15) + filled("ADA", 22) + "  1" + BANK + digits(i + 1, 7)));
            String kind = line.code.startsWith("R") ? "799" : "798";
            records.add(filled(filled(kind + line.code + line.trace + " ".repeat(6) + BANK + "WORDS", 79)
                    + BANK
                    + digits(i + 1, 7)));
        }
        int count = 2 * lines.size();
        long hash = Long.parseLong(BANK) * lines.size() % 10_000_000_000L;
        String sums = digits(count, 6) + digits(hash, 10) + digits(0, 12) + digits(cents, 12);
        records.add(filled(filled("8220" + sums + "1123456789", 79) + BANK + digits(1, 7)));
        records.add(filled("9" + digits(1, 6) + digits(1, 6) + digits(count, 8) + digits(hash, 10) + digits(0, 12)
                + digits(cents, 12)));
        return String.join("\n", records) + "\n";
    }

    private static String filled(String text) {
        return filled(text, 94);
    }

    private static String filled(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String digits(long number, int width) {
        String text = Long.toString(number);
        return "0".repeat(width - text.length()) + text;
    }
}
