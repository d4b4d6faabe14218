package dev.tributary.privacy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the metrics' {@code uri} label a path without ids, codes or addresses.
 *
 * <p>A request that is refused before it reaches its resource, by sign-in for example, would be labelled with the path as
 * it was sent: anybody could fill the registry, and with anything. Only lower-case words and the templates' own
 * parameters stay.
 */
@Singleton
final class PathLabels implements MeterFilter {
    private static final Pattern OTHER = Pattern.compile("/(?!(?:[a-z-]{1,32}|v[0-9]|\\{[A-Za-z]+})(?:/|$))[^/]+");
    /** Deeper than any path we serve. */
    private static final int LONGEST = 100;

    @Override
    public Meter.Id map(Meter.Id id) {
        String uri = id.getTag("uri");
        if (uri == null || !id.getName().startsWith("http.server")) return id;
        String label = of(uri);
        return label.equals(uri) ? id : id.replaceTags(replaced(id.getTags(), label));
    }

    static String of(String uri) {
        if (!uri.startsWith("/")) return uri;
        String label = OTHER.matcher(uri).replaceAll("/{}");
        return label.length() > LONGEST ? "/{}" : label;
    }

    private static List<Tag> replaced(List<Tag> tags, String label) {
        return tags.stream()
                .map(tag -> tag.getKey().equals("uri") ? Tag.of("uri", label) : tag)
                .toList();
    }
}
