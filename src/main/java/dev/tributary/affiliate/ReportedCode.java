package dev.tributary.affiliate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the code in what a person copied: a short link, a shop's page with {@code ref}, or the code itself. */
final class ReportedCode {
    private static final Pattern SHORT_LINK = Pattern.compile("/r/([A-Za-z0-9_-]{1,64})(?:[/?#]|$)");
    private static final Pattern REF = Pattern.compile("[?&]ref=([A-Za-z0-9_%-]{1,192})(?:[&#]|$)");
    private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}_-]{1,64}");

    private ReportedCode() {}

    static Optional<String> in(String text) {
        Matcher link = SHORT_LINK.matcher(text);
        if (link.find()) return Optional.of(link.group(1));
        Matcher ref = REF.matcher(text);
        if (ref.find())
            return decoded(ref.group(1)).filter(code -> CODE.matcher(code).matches());
        return Optional.of(text.strip()).filter(code -> CODE.matcher(code).matches());
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
