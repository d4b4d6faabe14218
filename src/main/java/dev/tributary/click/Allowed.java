package dev.tributary.click;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** The check that an absolute URL stays on a program's hosts: http or https, no user-info, a host of the list. */
final class Allowed {
    private Allowed() {}

    static boolean url(String text, List<String> hosts) {
        if (text.indexOf('\\') >= 0) return false;
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (scheme == null || host == null || uri.getRawUserInfo() != null) return false;
            if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) return false;
            return hosts.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
