package dev.tributary.program;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * The outcome of reading a text as an absolute http or https URL that every browser reads like us: no user-info, no
 * backslash, no white space or control characters, a host name (not an address), at most {@value #LONGEST} characters.
 *
 * <p>A host in another script becomes punycode and other non-ASCII characters are percent-encoded as UTF-8, so what was
 * checked is what is sent. See RFC 3986 and the WHATWG URL standard, which forgives what is refused here.
 */
public sealed interface WebUrl {
    /** Below what servers and proxies commonly accept in a request line (8 KB) with room for our own parameters. */
    int LONGEST = 2_048;

    /** A URL in its one form, and its host. */
    record Good(URI uri, String host) implements WebUrl {}

    /** A text that is refused: a stable word and a sentence. */
    record Bad(String code, String message) implements WebUrl {}

    static WebUrl read(String text) {
        if (text.length() > LONGEST) return new Bad("too_long", "A URL has at most " + LONGEST + " characters");
        int authority = authorityStart(text);
        if (authority < 0) return new Bad("not_http", "A URL starts with https:// or http://");
        int bad = forbidden(text);
        if (bad >= 0)
            return new Bad("malformed", "A URL does not hold character U+%04X".formatted((int) text.charAt(bad)));
        int end = authorityEnd(text, authority);
        String hostAndPort = text.substring(authority, end);
        if (hostAndPort.indexOf('@') >= 0) return new Bad("user_info", "A URL must not hold a user name or password");
        int colon = hostAndPort.lastIndexOf(':');
        String port = colon < 0 ? "" : hostAndPort.substring(colon);
        if (!port.isEmpty() && !port.matches(":[1-9][0-9]{0,4}") || port.length() > 1 && portOf(port) > 65_535)
            return new Bad("malformed", "The port is not a number from 1 to 65535");
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        String name = Host.normalize(host).orElse(null);
        if (name == null) return new Bad("bad_host", "The host is not a name (addresses are not allowed)");
        return parsed(text.charAt(4) == ':' ? "http" : "https", name, port, text.substring(end));
    }

    private static WebUrl parsed(String scheme, String host, String port, String rest) {
        try {
            String path = rest.isEmpty() || rest.charAt(0) != '/' ? "/" + rest : rest;
            URI uri = new URI(scheme + "://" + host + port + ascii(path));
            if (uri.toString().length() > LONGEST)
                return new Bad("too_long", "A URL has at most " + LONGEST + " characters once encoded");
            return new Good(uri, host);
        } catch (URISyntaxException e) {
            return new Bad("malformed", "This is not a URL");
        }
    }

    private static int authorityStart(String text) {
        if (text.regionMatches(true, 0, "https://", 0, 8)) return 8;
        return text.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
    }

    private static int authorityEnd(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '#') return i;
        }
        return text.length();
    }

    private static int portOf(String port) {
        return Integer.parseInt(port.substring(1));
    }

    /** The place of the first character that browsers drop, turn or read otherwise, or -1. */
    private static int forbidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean loneHalf = Character.isHighSurrogate(c)
                    ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                    : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
            int kind = Character.getType(c);
            boolean unseen = kind == Character.FORMAT
                    || kind == Character.LINE_SEPARATOR
                    || kind == Character.PARAGRAPH_SEPARATOR
                    || kind == Character.SPACE_SEPARATOR;
            if (c <= ' '
                    || c == '\\'
                    || c == '"'
                    || c == '<'
                    || c == '>'
                    || c == '`'
                    || Character.isISOControl(c)
                    || unseen
                    || loneHalf) return i;
        }
        return -1;
    }

    private static String ascii(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 127 && "^{|}[]".indexOf(b) < 0;
            if (plain) {
                out.append((char) b);
            } else {
                out.append("%%%02X".formatted(b & 0xff));
            }
        }
        return out.toString();
    }
}
