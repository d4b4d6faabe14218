package dev.tributary;

import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/** A clock that stands until a test moves it, in place of the machine's: months of business take seconds. */
@Alternative
@Singleton
public class MovedClock extends Clock {
    private static final Instant BEGINNING = Instant.parse("2026-02-01T00:00:00Z");

    private volatile Instant now = BEGINNING;

    /** What a test class runs with to have it: an application of its own, with a journal of its own. */
    public static class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MovedClock.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tributary.click.journal-dir", "target/journal/moved-${tributary.test.fork:1}");
        }
    }

    public void at(String moment) {
        now = Instant.parse(moment);
    }

    void by(Duration later) {
        now = now.plus(later);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Everything here asks for moments");
    }
}
