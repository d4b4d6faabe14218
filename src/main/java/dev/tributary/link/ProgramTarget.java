package dev.tributary.link;

import java.util.List;
import java.util.UUID;

/**
 * What a redirect needs to know of a program.
 *
 * @param landingUrl where links without a destination of their own lead
 * @param allowedHosts the hosts that {@code ?to=} may name
 * @param windowDays how long a click may earn, so how long a browser keeps its id
 * @param honorGpc whether Global Privacy Control keeps a visitor without an id
 */
public record ProgramTarget(
        UUID id, String landingUrl, List<String> allowedHosts, String utmSource, int windowDays, boolean honorGpc) {
    public ProgramTarget {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
