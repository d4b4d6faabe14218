package dev.tributary.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text on its way into and out of URLs. */
public final class UrlText {
    private UrlText() {}

    /** The text as a query value. */
    public static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!unreserved(text.charAt(i))) {
                return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            }
        }
        return text;
    }

    private static boolean unreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    /** A raw part of a URL with everything that has no place in a header percent-encoded; {@code #} would end the query. */
    public static String visible(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 127 || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\') return escape(raw);
        }
        return raw;
    }

    private static String escape(String raw) {
        StringBuilder out = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(c -> {
            if (c <= ' ' || c >= 127 || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\') {
                out.append(URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** Without control characters, which PostgreSQL (NUL) and reports could not hold; at most one replacement each. */
    public static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)))
                return text.replaceAll("\\p{Cntrl}", " ").trim();
        }
        return text;
    }
}
