package dev.tributary.analytics.live;

import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One pass of the feed: reads what came since the last, adds up once for all streams that show the same, and tells each. What is
 * told is decided by what was read alone, and told only when everything was read: a pass that fails tells nothing and is
 * done again.
 */
@ApplicationScoped
class FeedPass {
    /** Streams that are shown everything in one pass, 30 MB where each missed all it may; the others have the next, at once. */
    static final int MOST_FRESH = 200;
    /** Pages of events; beyond, a job is at work on everything, and whoever looks on is shown snapshots. */
    static final int MOST_PAGES = 10;

    private final Transactions transactions;
    private final FeedQueries feed;
    private final ChangedQueries changed;
    private final SumQueries sums;
    private final LiveStreams streams;
    private final Frames frames;
    private final Counter told;
    private final Counter shown;
    private final Timer delay;

    FeedPass(
            Transactions transactions,
            FeedQueries feed,
            ChangedQueries changed,
            SumQueries sums,
            LiveStreams streams,
            Frames frames,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.feed = feed;
        this.changed = changed;
        this.sums = sums;
        this.streams = streams;
        this.frames = frames;
        told = metrics.counter("tributary.analytics.live.events");
        shown = metrics.counter("tributary.analytics.live.snapshots");
        delay = Timer.builder("tributary.analytics.live.delay")
                .description(
                        "From the beginning of a transaction that changed a commission until its streams were told")
                .register(metrics);
    }

    /** Everything that one pass read, before anything is told. */
    private record Read(
            Position position,
            News news,
            News missed,
            Map<UUID, ChangedQueries.Changed> changed,
            Map<Watched, LiveEarnings> sums) {}

    /** Answers how far it read. */
    Uni<Position> run(@Nullable Position since, List<LiveStream> fresh) {
        return transactions.read(c -> read(c, since, fresh)).map(read -> {
            tell(read);
            show(read, fresh);
            return read.position();
        });
    }

    private Uni<Read> read(SqlConnection c, @Nullable Position since, List<LiveStream> fresh) {
        News news = new News();
        return events(c, since, news).chain(position -> missed(c, fresh, position)
                .chain(missed -> changed.some(c, ids(news, missed)).chain(rows -> sums.of(c, watched(news, fresh))
                        .map(all -> new Read(position, news, missed, rows, all)))));
    }

    private Uni<Position> events(SqlConnection c, @Nullable Position since, News news) {
        if (since == null) return feed.now(c);
        return feed.between(c, since, null, null).chain(seen -> {
            // A PostgreSQL that was restored from a copy counts transactions from an earlier one on.
            if (since.isAfter(seen.position())) news.overrun().addAll(streams.all());
            return pages(c, since, seen, news, 1);
        });
    }

    private Uni<Position> pages(SqlConnection c, Position since, FeedQueries.Seen seen, News news, int page) {
        seen.events().forEach(event -> news.add(event, streams));
        if (seen.events().size() < FeedQueries.PAGE) return Uni.createFrom().item(seen.position());
        if (page == MOST_PAGES) {
            news.overrun().addAll(streams.all());
            return Uni.createFrom().item(seen.position());
        }
        UUID last = seen.events().get(seen.events().size() - 1).id();
        return feed.between(c, since, seen.position(), last).chain(next -> pages(c, since, next, news, page + 1));
    }

    /** What streams missed whose clients come back. */
    private Uni<News> missed(SqlConnection c, List<LiveStream> fresh, Position until) {
        List<LiveStream> back = new ArrayList<>();
        List<FeedQueries.Return> returns = new ArrayList<>();
        for (LiveStream stream : fresh) {
            Position from = stream.since();
            if (from == null || from.isAfter(until)) continue;
            back.add(stream);
            returns.add(new FeedQueries.Return(stream.affiliate(), stream.program(), from));
        }
        return feed.missed(c, returns, until, News.MOST + 1).map(events -> {
            News missed = new News();
            events.forEach(event -> missed.add(back.get(event.place()), event.commissionId(), event.type()));
            return missed;
        });
    }

    private static Set<UUID> ids(News news, News missed) {
        Set<UUID> ids = new LinkedHashSet<>(news.ids());
        ids.addAll(missed.ids());
        return ids;
    }

    private static List<Watched> watched(News news, List<LiveStream> fresh) {
        Set<Watched> watched = new LinkedHashSet<>();
        news.commissions().keySet().forEach(stream -> watched.add(stream.watched()));
        fresh.forEach(stream -> watched.add(stream.watched()));
        return List.copyOf(watched);
    }

    private void tell(Read read) {
        Map<Watched, byte[]> written = new HashMap<>();
        read.news().commissions().forEach((stream, own) -> {
            LiveEarnings totals = read.sums().get(stream.watched());
            if (totals == null) return;
            stream.tell(written.computeIfAbsent(
                    stream.watched(), w -> written(read, own, totals.at(read.position()), true)));
            told.increment(own.size());
        });
        if (!written.isEmpty())
            delay.record(Duration.ofMillis(Math.round(read.news().oldest() * 1_000)));
        streams.refresh(read.news().overrun());
    }

    private void show(Read read, List<LiveStream> fresh) {
        Map<Watched, byte[]> snapshots = new LinkedHashMap<>();
        for (LiveStream stream : fresh) {
            LiveEarnings found = read.sums().get(stream.watched());
            if (found == null) {
                stream.end(Frames.end("gone", Frames.RETRY_MILLIS));
                continue;
            }
            LiveEarnings totals = found.at(read.position());
            Map<UUID, Boolean> missed = read.missed().commissions().getOrDefault(stream, Map.of());
            byte[] snapshot = snapshots.computeIfAbsent(stream.watched(), w -> frames.snapshot(totals));
            stream.show(
                    missed.isEmpty() ? snapshot : joined(written(read, missed, totals, false), snapshot), totals.to());
            shown.increment();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private byte[] written(Read read, Map<UUID, Boolean> own, LiveEarnings totals, boolean withPosition) {
        List<LiveCommission> views = new ArrayList<>();
        own.forEach((id, isNew) -> {
            ChangedQueries.Changed now = read.changed().get(id);
            if (now != null) views.add(LiveCommission.of(now, isNew, totals));
        });
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < views.size(); i++)
            all.append(frames.commission(views.get(i), withPosition && i == views.size() - 1));
        return Frames.bytes(all.toString());
    }
}
