package dev.tributary.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the address a visitor is sent to: the destination, its own query, what the visitor brought, then {@code ref},
 * {@code click_id}, {@code src} and the UTM set (source = the program's, medium = affiliate, campaign = that of the
 * link's campaign or the referral code, content = source tag). A parameter that the destination or the visitor already has keeps its value, except ours.
 */
public final class Location {
    private Location() {}

    /** Where a click that may earn leads; without {@code clickId} when the click could not be made durable. */
    public static String tracked(
            String destination, List<String> passThrough, LinkTarget link, String src, @Nullable String clickId) {
        Builder url = new Builder(destination, passThrough);
        url.add("ref", link.referralCode());
        if (clickId != null) url.add("click_id", clickId);
        if (!src.isEmpty()) url.add("src", UrlText.encode(src));
        url.addUnlessThere("utm_source", UrlText.encode(link.program().utmSource()));
        url.addUnlessThere("utm_medium", "affiliate");
        url.addUnlessThere("utm_campaign", UrlText.encode(link.utmCampaign()));
        if (!src.isEmpty()) url.addUnlessThere("utm_content", UrlText.encode(src));
        return url.toString();
    }

    /** Where a click without credit leads: the destination, with what the visitor brought. */
    public static String plain(String destination, List<String> passThrough) {
        return new Builder(destination, passThrough).toString();
    }

    private static final class Builder {
        private final StringBuilder url;
        private final String fragment;
        private final String theirs;
        private char separator;

        Builder(String destination, List<String> passThrough) {
            int hash = destination.indexOf('#');
            fragment = hash < 0 ? "" : destination.substring(hash);
            String whole = hash < 0 ? destination : destination.substring(0, hash);
            int mark = whole.indexOf('?');
            url = new StringBuilder(whole.length() + 256).append(mark < 0 ? whole : whole.substring(0, mark));
            separator = '?';
            if (mark >= 0) for (String pair : whole.substring(mark + 1).split("&")) keep(pair);
            for (String pair : passThrough) keep(pair);
            theirs = separator == '?' ? "" : url.substring(url.indexOf("?"));
        }

        private void keep(String pair) {
            if (pair.isEmpty() || pair.startsWith("ref=") || pair.startsWith("click_id=")) return;
            url.append(separator).append(pair);
            separator = '&';
        }

        void add(String name, String encoded) {
            url.append(separator).append(name).append('=').append(encoded);
            separator = '&';
        }

        void addUnlessThere(String name, String encoded) {
            if (!theirs.isEmpty() && (theirs.contains("?" + name + "=") || theirs.contains("&" + name + "="))) return;
            add(name, encoded);
        }

        @Override
        public String toString() {
            return url.append(fragment).toString();
        }
    }
}
