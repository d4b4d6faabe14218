package dev.tributary.click;

import dev.tributary.click.journal.Journal;
import dev.tributary.click.journal.JournalReader;
import dev.tributary.crypto.KeyedHash;
import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Migrations;
import dev.tributary.postgres.SharedKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Moves journalled clicks to PostgreSQL, in order, in batches, one statement in flight; only then are they freed.
 *
 * <p><b>Algorithm.</b> One thread reads what is on disk, waits for a thousand records or 100 ms, and takes sixteen thousand
 * while it is behind. It works out what the redirect left open, asks Redis about repeats (a pipeline a thousand) and lands
 * the batch by one statement that also counts it (see {@link ClickRepository#LAND}). Any failure leaves the batch as it is,
 * to be tried again, in small pieces then: landing twice is landing once.
 *
 * <p><b>What PostgreSQL refuses</b> for what it holds (SQLSTATE class 22, 23 or a trigger's exception) is halved until the
 * one click is found, which goes to the quarantine, whole and with the reason; clicks outside the partitions' days and
 * records that cannot be read go there at once. Everything else (connection, lock, disk, deadlock) is waited out.
 *
 * <p>It may block, because it has a thread of its own; each wait has an end.
 */
@ApplicationScoped
class Lander {
    private static final Logger LOG = Logger.getLogger(Lander.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 10;
    private static final long RETRY_MILLIS = 250;
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A deadlock or a restart passes; a command has somebody who runs it again. */
    private static final int REST_ATTEMPTS = 5;

    /** A large batch is sorted and joined in memory, by a plan that knows its size and is not compiled for one use. */
    private static final String SESSION =
            "SET synchronous_commit = on; SET statement_timeout = '9s'; SET lock_timeout = '5s';"
                    + " SET work_mem = '32MB'; SET plan_cache_mode = force_custom_plan; SET jit = off";

    private static final String HASH_KEYS = "click-hash";

    private final ClickConfig config;
    private final DirectConnections connections;
    private final Migrations migrations;
    private final SharedKeys keys;
    private final Dedup dedup;
    private final Clock clock;
    private final Tracer tracer;
    private final LanderMetrics metrics;
    private final Enricher enricher;
    private final SourceTags sources;
    private final Partitions partitions;

    private @Nullable PgConnection connection;
    private Set<LocalDate> days = Set.of();
    private long hashEpoch = -1;
    private @Nullable KeyedHash hash;
    private long beatAt = System.nanoTime() - BEAT_NANOS;
    private boolean waiting;
    /** The last batch was full: the next may be larger, because a larger one costs PostgreSQL less a click. */
    private boolean behind;

    private @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile long stopBy;

    Lander(
            ClickConfig config,
            DirectConnections connections,
            Migrations migrations,
            SharedKeys keys,
            Dedup dedup,
            Clock clock,
            Tracer tracer,
            MeterRegistry registry) {
        this.config = config;
        this.connections = connections;
        this.migrations = migrations;
        this.keys = keys;
        this.dedup = dedup;
        this.clock = clock;
        this.tracer = tracer;
        metrics = new LanderMetrics(registry, clock);
        enricher = new Enricher(config);
        sources = new SourceTags(config.sourcesPerDay());
        partitions = new Partitions(config.retentionDays(), clock);
    }

    void start(Journal journal, UUID journalId) throws IOException {
        JournalReader reader =
                new JournalReader(journal.directory(), journal::durable, config.journalKeepLanded(), clock);
        metrics.backlog(reader);
        Thread landing = new Thread(() -> run(reader, journalId), "click-lander");
        landing.setDaemon(true);
        landing.start();
        thread = landing;
    }

    /** Lands what is left, for at most so long, and ends. What does not land stays on the volume. */
    void stop(Duration atMost) {
        stopBy = System.nanoTime() + atMost.toNanos();
        stopping = true;
        try {
            if (thread != null) thread.join(atMost.toMillis() + 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(JournalReader reader, UUID journalId) {
        while (!migrations.isDone() && !stopping) pause(POLL_MILLIS);
        List<byte[]> batch = List.of();
        while (!done(reader, batch)) {
            try {
                if (batch.isEmpty() && !config.landingPaused()) batch = gather(reader);
                if (!batch.isEmpty()) {
                    // After a failure in small pieces: PostgreSQL may be too slow for a large batch within its time.
                    int now = waiting ? Math.min(batch.size(), config.landingBatch()) : batch.size();
                    land(batch.subList(0, now));
                    batch = batch.subList(now, batch.size());
                    if (batch.isEmpty()) landed(reader);
                } else {
                    pause(POLL_MILLIS);
                }
                if (System.nanoTime() - beatAt >= BEAT_NANOS) beat(reader, journalId);
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }
        disconnect();
    }

    private void landed(JournalReader reader) throws IOException {
        reader.markLanded();
        if (waiting) LOG.info("Landing goes on");
        waiting = false;
    }

    private boolean done(JournalReader reader, List<byte[]> batch) {
        if (!stopping) return false;
        return System.nanoTime() - stopBy >= 0 || config.landingPaused() || batch.isEmpty() && reader.drained();
    }

    /** Reads until the batch is full or its first record has waited long enough; at the end, whatever there is. */
    private List<byte[]> gather(JournalReader reader) throws IOException {
        try {
            return gatherOnce(reader);
        } catch (IOException e) {
            reader.rewind();
            throw e;
        }
    }

    private List<byte[]> gatherOnce(JournalReader reader) throws IOException {
        List<byte[]> batch = reader.read(behind ? config.landingCatchUpBatch() : config.landingBatch());
        behind = batch.size() >= config.landingBatch();
        long deadline = System.nanoTime() + config.landingLinger().toNanos();
        while (!batch.isEmpty()
                && batch.size() < config.landingBatch()
                && !stopping
                && System.nanoTime() - deadline < 0) {
            pause(POLL_MILLIS);
            batch.addAll(reader.read(config.landingBatch() - batch.size()));
        }
        return batch;
    }

    /**
     * Lands all that a journal without an owner holds, on the caller's thread; tells after each batch how many records were
     * read and how many of them had not landed before. A failure is tried again a few times and then thrown; the place is
     * kept.
     */
    void landRest(JournalReader reader, BiConsumer<Integer, Long> landed) throws IOException {
        try {
            List<byte[]> batch = reader.read(config.landingBatch());
            while (!batch.isEmpty()) {
                long fresh = landPatiently(batch);
                reader.markLanded();
                landed.accept(batch.size(), fresh);
                batch = reader.read(config.landingBatch());
            }
        } finally {
            disconnect();
        }
    }

    private long landPatiently(List<byte[]> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                return land(batch);
            } catch (RuntimeException e) {
                if (attempt == REST_ATTEMPTS || Thread.currentThread().isInterrupted()) throw e;
                failed(e);
            }
        }
    }

    /** Answers how many rows are new; one span a batch, for a click is far too little for one of its own. */
    private long land(List<byte[]> records) {
        Span span = tracer.spanBuilder("click.land")
                .setAttribute("click.records", records.size())
                .startSpan();
        try {
            return landAll(records);
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    private long landAll(List<byte[]> records) {
        PgConnection open = connected();
        KeyedHash hasher = hasher();
        List<LandedClick> clicks = new ArrayList<>(records.size());
        for (byte[] record : records) {
            try {
                clicks.add(enricher.enrich(ClickCodec.decode(record), hasher));
            } catch (IllegalArgumentException e) {
                quarantine(open, ClickCodec.idOf(record), "unreadable", String.valueOf(e.getMessage()), record);
            }
        }
        clicks.sort(Comparator.comparing(click -> click.click().id()));
        setAsideOutsiders(open, clicks);
        if (clicks.isEmpty()) return 0;
        LandedClick.Visit[] visits = dedup.verdicts(clicks);
        long fresh = landHalving(open, clicks, visits, sources.counted(open, clicks));
        metrics.landed(clicks);
        return fresh;
    }

    /** Days that have no partition yet are made; clicks of days that may have none are set aside. */
    private void setAsideOutsiders(PgConnection open, List<LandedClick> clicks) {
        List<LocalDate> missing = clicks.stream()
                .map(click -> Partitions.dayOf(click.click().id()))
                .distinct()
                .filter(day -> !days.contains(day))
                .toList();
        if (missing.isEmpty()) return;
        days = partitions.make(open, missing);
        clicks.removeIf(click -> {
            if (days.contains(Partitions.dayOf(click.click().id()))) return false;
            setAside(open, click, "outside_partitions", "no partition may exist for its day");
            return true;
        });
    }

    private long landHalving(
            PgConnection open, List<LandedClick> clicks, LandedClick.Visit[] visits, String[] counted) {
        try {
            return Wait.forAnswer(ClickRepository.land(open, clicks, visits, counted));
        } catch (PgException e) {
            if (!refusesData(e)) throw e;
            if (clicks.size() == 1) {
                setAside(open, clicks.get(0), "refused_" + e.getSqlState(), String.valueOf(e.getMessage()));
                return 0;
            }
            int half = clicks.size() / 2;
            int size = clicks.size();
            return landHalving(open, clicks.subList(0, half), copy(visits, 0, half), copy(counted, 0, half))
                    + landHalving(
                            open, clicks.subList(half, size), copy(visits, half, size), copy(counted, half, size));
        }
    }

    private static <T> T[] copy(T[] from, int start, int end) {
        return java.util.Arrays.copyOfRange(from, start, end);
    }

    private static boolean refusesData(PgException e) {
        String state = String.valueOf(e.getSqlState());
        return state.startsWith("22") || state.startsWith("23") || state.equals("P0001");
    }

    /** The quarantine may outlive the day for which an address may be kept, so it gets the address's network alone. */
    private void setAside(PgConnection open, LandedClick click, String reason, String detail) {
        Click kept = click.click().withIp(click.ipPrefix());
        quarantine(open, kept.id(), reason, detail, ClickCodec.encode(kept));
    }

    private void quarantine(PgConnection open, @Nullable UUID id, String reason, String detail, byte[] record) {
        UUID name = id == null ? UUID.nameUUIDFromBytes(record) : id;
        Wait.forAnswer(ClickRepository.quarantine(open, name, reason, detail, record));
        metrics.quarantined();
        LOG.warnf("Click %s is set aside: %s", name, reason);
    }

    private PgConnection connected() {
        PgConnection open = connection;
        if (open != null) return open;
        io.vertx.core.Future<PgConnection> attempt = connections.open();
        try {
            open = Wait.atMost(CONNECT, attempt);
        } catch (RuntimeException e) {
            attempt.onSuccess(PgConnection::close);
            throw e;
        }
        connection = open;
        Wait.forAnswer(open.query(SESSION).execute());
        days = partitions.make(open, partitions.ahead());
        return open;
    }

    /** The key of today's epoch; the one before is kept, so that no hash of the running window loses its key early. */
    private KeyedHash hasher() {
        long epoch = clock.instant().toEpochMilli() / TimeUnit.DAYS.toMillis(config.hashKeyDays());
        KeyedHash current = hash;
        if (current != null && epoch == hashEpoch) return current;
        current = new KeyedHash(keys.key(HASH_KEYS, epoch).await().atMost(CONNECT));
        keys.forgetBefore(HASH_KEYS, epoch - 1).await().atMost(CONNECT);
        hash = current;
        hashEpoch = epoch;
        return current;
    }

    private void beat(JournalReader reader, UUID journalId) throws IOException {
        beatAt = System.nanoTime();
        reader.removeOld();
        PgConnection open = connected();
        Wait.forAnswer(
                ClickRepository.beat(open, journalId, host(), reader.directory().toString(), reader.backlogBytes()));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private void failed(Exception e) {
        metrics.failed();
        // Once an outage, not four times a second.
        if (!waiting) LOG.warnf("Landing waits, clicks are kept in the journal: %s", e.getMessage());
        waiting = true;
        disconnect();
        pause(RETRY_MILLIS);
    }

    private void disconnect() {
        PgConnection old = connection;
        connection = null;
        if (old != null) old.close();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
