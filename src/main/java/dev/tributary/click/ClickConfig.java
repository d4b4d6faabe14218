package dev.tributary.click;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the redirect, the journal and the lander. */
@ConfigMapping(prefix = "tributary.click")
public interface ClickConfig {
    /** Whether this instance takes clicks, into a journal of its own; where not, it serves the API alone. */
    @WithDefault("true")
    boolean edge();

    /** The journal's directory: on a durable volume, owned by one process at a time. */
    Path journalDir();

    /** Bytes the journal may take on disk; beyond, visitors are redirected without a click id. */
    @Min(2 << 20)
    @WithDefault("8589934592")
    long journalMaxBytes();

    /** Bytes of one preallocated segment: some minutes of ordinary traffic, and at least two records of any size. */
    @Min(1 << 20)
    @WithDefault("33554432")
    int journalSegmentBytes();

    /** How long landed segments stay, so that a failover to a slightly stale replica is healed by replay. */
    @WithDefault("10M")
    Duration journalKeepLanded();

    /** Appends that may wait for the disk at once, in memory; beyond, the click is not acknowledged. */
    @Positive
    @WithDefault("65536")
    int journalQueue();

    /** Rows landed by one statement at most. */
    @Positive
    @WithDefault("1000")
    int landingBatch();

    /** Rows landed by one statement at most while clicks come faster than they land: half as many counters to touch a click. */
    @Positive
    @WithDefault("16000")
    int landingCatchUpBatch();

    /** How long the lander lets a batch gather: small batches cost PostgreSQL almost twice the CPU a click. */
    @WithDefault("100MS")
    Duration landingLinger();

    /** Leaves clicks in the journal; for maintenance and for measuring the redirect alone. */
    @WithDefault("false")
    boolean landingPaused();

    /** How far back a click of the same visitor on the same link makes a duplicate. */
    @WithDefault("24H")
    Duration dedupWindow();

    /** How long Redis may take for a batch before its clicks are {@code unverified}. */
    @WithDefault("50MS")
    Duration dedupTimeout();

    /** Different source tags a link and day that get rollup rows of their own. */
    @Positive
    @WithDefault("100")
    int sourcesPerDay();

    /** Clicks a minute from one address beyond which they are flagged as a flood (they still redirect and are stored). */
    @Positive
    @WithDefault("120")
    int floodPerMinute();

    /** How many days clicks are kept; older partitions are dropped and never made again. */
    @Positive
    @WithDefault("400")
    int retentionDays();

    /** Addresses (CIDR) of proxies whose {@code X-Forwarded-For} counts. */
    Optional<List<String>> trustedProxies();

    /** A header in which a trusted CDN tells the visitor's country, for example {@code CF-IPCountry}. */
    Optional<String> countryHeader();

    /** A MaxMind-format country or city database. */
    Optional<Path> geoipDatabase();

    /** Where a visitor of an unknown code is sent; unset: a 404 page. */
    Optional<String> fallbackUrl();

    /** How long hash keys of addresses and fingerprints serve before the next one does. */
    @Positive
    @WithDefault("30")
    int hashKeyDays();
}
