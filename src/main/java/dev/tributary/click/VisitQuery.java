package dev.tributary.click;

import dev.tributary.link.UrlText;
import dev.tributary.problem.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The query of a tracking link, taken apart: our own parameters, the paid-click parameters to keep, and everything else,
 * which passes through as the visitor wrote it.
 */
final class VisitQuery {
    /** The largest source tag or sub id; longer is a mistake that should be seen, so it is refused. */
    static final int TAG_LIMIT = 100;

    private static final int TO_LIMIT = 2_048;
    static final int EXTERNAL_ID_LIMIT = 255;
    static final int AD_VALUE_LIMIT = 512;
    static final Set<String> PAID_CLICK =
            Set.of("gclid", "gbraid", "wbraid", "dclid", "fbclid", "msclkid", "ttclid", "twclid", "li_fat_id", "epik");
    private static final Set<String> OURS_ALONE = Set.of("ref", "click_id");

    static final VisitQuery EMPTY = new VisitQuery();

    String to = "";
    String src = "";
    final String[] subs = {"", "", "", "", ""};
    String externalClickId = "";
    final Map<String, String> adParams = new LinkedHashMap<>(0);
    /** Parameters to pass through, each as {@code name=value} in its original encoding. */
    final List<String> passThrough = new ArrayList<>(0);

    private VisitQuery() {}

    /** Reads a raw query; an over-long tag or broken percent-encoding is a 400. */
    static VisitQuery parse(String raw) {
        VisitQuery query = new VisitQuery();
        int start = 0;
        while (start <= raw.length()) {
            int end = raw.indexOf('&', start);
            if (end < 0) end = raw.length();
            if (end > start) query.add(raw.substring(start, end));
            start = end + 1;
        }
        return query;
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        switch (name) {
            case "to" -> to = bounded("to", decode("to", value), TO_LIMIT);
            case "src" -> src = tag("src", value);
            case "sub1", "sub2", "sub3", "sub4", "sub5" -> subs[name.charAt(3) - '1'] = tag(name, value);
            case "ext_click_id" -> externalClickId = bounded(name, decode(name, value), EXTERNAL_ID_LIMIT);
            default -> addOther(pair, name, value);
        }
    }

    private void addOther(String pair, String name, String value) {
        if (OURS_ALONE.contains(name)) return;
        if (PAID_CLICK.contains(name)) adParams.put(name, cut(decode(name, value)));
        passThrough.add(UrlText.visible(pair));
    }

    static String tag(String name, String value) {
        return bounded(name, decode(name, value), TAG_LIMIT);
    }

    private static String cut(String value) {
        return value.length() > AD_VALUE_LIMIT ? value.substring(0, AD_VALUE_LIMIT) : value;
    }

    private static String bounded(String name, String value, int limit) {
        if (value.length() > limit)
            throw Problem.field(name, "too_long", name + " is longer than " + limit + " characters");
        return UrlText.withoutControls(value);
    }

    private static String decode(String name, String value) {
        if (value.indexOf('%') < 0 && value.indexOf('+') < 0) return value;
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.field(name, "bad_encoding", name + " is not percent-encoded correctly");
        }
    }
}
