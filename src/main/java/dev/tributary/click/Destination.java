package dev.tributary.click;

import dev.tributary.link.Destinations;
import dev.tributary.link.LinkTarget;
import dev.tributary.link.UrlText;
import java.net.URI;

/** Where a visit leads: the link's own page, a deeper path of its site, or what {@code to} asks for where it may. */
final class Destination {
    private Destination() {}

    /** Never leaves the program's allowed hosts: what may not be asked for leads to the link's own page. */
    static String of(LinkTarget link, String deepPath, String to) {
        if (!to.isEmpty()) return asked(link, to);
        return deepPath.isEmpty() ? link.url() : onSite(link, deepPath);
    }

    private static String asked(LinkTarget link, String to) {
        if (to.startsWith("/")) return onSite(link, to);
        return Destinations.check(to, link.program().allowedHosts())
                .uri()
                .map(URI::toString)
                .orElseGet(link::url);
    }

    /** A path on the site of the link's own page. Two slashes or a backslash would name another host in a browser. */
    private static String onSite(LinkTarget link, String path) {
        if (path.startsWith("//") || path.indexOf('\\') >= 0 || path.contains("/../") || path.endsWith("/.."))
            return link.url();
        return origin(link.url()) + UrlText.visible(path);
    }

    private static String origin(String url) {
        int afterScheme = url.indexOf("://") + 3;
        for (int i = afterScheme; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?' || c == '#') return url.substring(0, i);
        }
        return url;
    }
}
