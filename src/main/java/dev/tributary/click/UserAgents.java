package dev.tributary.click;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * What user agents tell: device class, system, browser, and whether it is a program. Parsing costs some hundred
 * microseconds, so answers are kept, least recently used first out. Used by one thread.
 */
final class UserAgents {
    private static final int KEPT = 10_000;
    /** Programs that name themselves; the parser's own "Spider" family covers the well-known crawlers. */
    private static final Pattern PROGRAM = Pattern.compile(
            "bot\\b|bot/|crawl|spider|slurp|curl/|wget/|python-|java/|go-http-client|okhttp|httpclient|headless|phantomjs"
                    + "|lighthouse|pingdom|uptime|monitor|facebookexternalhit|whatsapp|telegram|slack|discord|skype|preview"
                    + "|embedly|quora link|vkshare|scrapy|axios|node-fetch|libwww|feedfetcher");

    private static final Pattern TABLET = Pattern.compile("ipad|tablet|kindle|silk|playbook");
    private static final Pattern PHONE = Pattern.compile("mobi|iphone|ipod|phone|blackberry|opera mini");
    private static final Pattern TELEVISION = Pattern.compile("smart-?tv|appletv|googletv|hbbtv|roku|crkey|bravia");

    private final Parser parser;
    private final Map<String, Device> known = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Device> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * What stands in a click's row.
     *
     * @param kind desktop, phone, tablet, tv, bot or other
     */
    record Device(String kind, String os, String browser) {
        boolean bot() {
            return kind.equals("bot");
        }
    }

    UserAgents() {
        parser = new Parser();
    }

    Device of(String userAgent) {
        return known.computeIfAbsent(userAgent, this::parse);
    }

    private Device parse(String userAgent) {
        if (userAgent.isBlank()) return new Device("bot", "", "");
        Client client = parser.parse(userAgent);
        String family = client.device.family == null ? "" : client.device.family;
        String text = userAgent.toLowerCase(Locale.ROOT);
        String kind = family.equals("Spider") || PROGRAM.matcher(text).find() ? "bot" : kind(text);
        return new Device(kind, name(client.os.family), name(client.userAgent.family));
    }

    private static String kind(String text) {
        if (TELEVISION.matcher(text).find()) return "tv";
        boolean androidTablet = text.contains("android") && !text.contains("mobi");
        if (androidTablet || TABLET.matcher(text).find()) return "tablet";
        if (PHONE.matcher(text).find()) return "phone";
        boolean desktop = text.contains("windows")
                || text.contains("macintosh")
                || text.contains("linux")
                || text.contains("cros");
        return desktop ? "desktop" : "other";
    }

    private static String name(String family) {
        if (family == null || family.equals("Other")) return "";
        return family.length() > 60 ? family.substring(0, 60) : family;
    }
}
