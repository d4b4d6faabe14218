package dev.tributary.program;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host name as it stands in a URL that browsers and we read alike: lower case, punycode, without a trailing dot.
 *
 * <p>IP addresses are no names: browsers read {@code 0x7f.1} and {@code 2130706433} as addresses too, so everything whose
 * last label starts with a digit is refused. At most 253 characters, 63 a label (RFC 1035).
 */
public final class Host {
    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private Host() {}

    /** The one way to write this host, or empty where it is none. */
    public static Optional<String> normalize(String text) {
        if (text.isEmpty() || text.length() > LONGEST) return Optional.empty();
        try {
            String ascii = IDN.toASCII(text).toLowerCase(Locale.ROOT);
            String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return name.length() <= LONGEST && NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The one way to write an entry of a list of allowed hosts: a host, or {@code *.} and a host of two labels or more,
     * which allows its sub-domains of any depth but not itself.
     */
    public static Optional<String> pattern(String text) {
        if (!text.startsWith("*.")) return normalize(text);
        return normalize(text.substring(2))
                .filter(base -> base.indexOf('.') > 0)
                .map(base -> "*." + base);
    }

    /** Whether an entry of a list of allowed hosts covers a normalized host. */
    public static boolean covers(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.length() > pattern.length() - 1 && host.endsWith(pattern.substring(1))
                : host.equals(pattern);
    }
}
