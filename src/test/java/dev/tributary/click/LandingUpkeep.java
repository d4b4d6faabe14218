package dev.tributary.click;

import dev.tributary.id.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A measurement, started by load-tests/analytics.sh: the processor's time of PostgreSQL and of this process for landing clicks
 * with and without marks for the rollups, and for folding them. Arguments: address, user, PostgreSQL's process, clicks, rounds.
 */
final class LandingUpkeep {
    private static final int BATCH = 1_000;
    private static final int HOURS = 24;
    private static final int LINKS = 100_000;
    private static final Pattern MARK = Pattern.compile(", due AS \\(.*?ON CONFLICT DO NOTHING\\s+\\)", Pattern.DOTALL);
    /** As if the clicks of a measurement, which are of past days, came in time as almost all do. */
    private static final String ON_TIME = ClickRepository.LAND.replace("rollup_is_late(c.hour)", "false");

    private static final String PLAIN = MARK.matcher(ON_TIME).replaceFirst("");

    private final PgConnection connection;
    private final ProcessHandle postgres;
    private final UUID program;
    private final Random random = new Random(1);

    private LandingUpkeep(PgConnection connection, long postgres) {
        this.connection = connection;
        this.postgres = ProcessHandle.of(postgres).orElseThrow();
        program = wait(connection.query("SELECT id FROM program LIMIT 1").execute())
                .iterator()
                .next()
                .getUUID(0);
    }

    public static void main(String[] args) throws Exception {
        if (PLAIN.equals(ON_TIME)) throw new IllegalStateException("there are no marks to leave out");
        Vertx vertx = Vertx.vertx();
        try {
            PgConnection open = wait(PgConnection.connect(
                    vertx,
                    PgConnectOptions.fromUri(args[0])
                            .setUser(args[1])
                            .setPassword("")
                            .setCachePreparedStatements(true)
                            .setPreparedStatementCacheSqlLimit(16_384)));
            LandingUpkeep bench = new LandingUpkeep(open, Long.parseLong(args[2]));
            for (boolean sparse : new boolean[] {false, true})
                bench.measure(sparse, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        } finally {
            wait(vertx.close());
        }
    }

    private void measure(boolean sparse, int clicks, int rounds) throws Exception {
        List<double[]> all = new ArrayList<>();
        int back = sparse ? 200 : 100;
        land(PLAIN, batches(sparse, clicks / 4, back));
        for (int round = 0; round < rounds; round++) {
            List<Tuple> first = batches(sparse, clicks, --back);
            List<Tuple> second = batches(sparse, clicks, --back);
            boolean plainFirst = round % 2 == 0;
            double one = spent(() -> land(plainFirst ? PLAIN : ON_TIME, first));
            double other = spent(() -> land(plainFirst ? ON_TIME : PLAIN, second));
            double folded = spent(this::fold);
            all.add(new double[] {plainFirst ? one : other, plainFirst ? other : one, folded});
        }
        double[] median = new double[3];
        for (int i = 0; i < 3; i++) {
            int column = i;
            median[i] = all.stream().mapToDouble(each -> each[column]).sorted().toArray()[rounds / 2] / clicks;
        }
        System.out.printf(
                "%s\t%.1f\t%.1f\t%.1f\t%.3f%n",
                sparse
                        ? "each click is a row of its own"
                        : "links by Zipf, five sources, thirty countries, three devices",
                median[0],
                median[1],
                median[2],
                (median[1] + median[2]) / median[0] - 1);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Microseconds of all processors. */
    private double spent(Work work) throws Exception {
        long before = cpu();
        work.run();
        return (cpu() - before) / 1_000.0;
    }

    private long cpu() {
        long own = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        return own
                + Stream.concat(Stream.of(postgres), postgres.descendants())
                        .mapToLong(each -> each.info()
                                .totalCpuDuration()
                                .map(d -> d.toNanos())
                                .orElse(0L))
                        .sum();
    }

    private void land(String sql, List<Tuple> batches) {
        for (Tuple batch : batches) wait(connection.preparedQuery(sql).execute(batch));
    }

    private void fold() {
        wait(connection.query("SELECT rollup_take(now(), 1000)").execute());
        while (wait(connection.query("SELECT rollup_fold_clicks(10000)").execute())
                        .iterator()
                        .next()
                        .getInteger(0)
                > 0) {}
    }

    /** Clicks of one day so many days ago. */
    private List<Tuple> batches(boolean sparse, int clicks, int daysAgo) {
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(daysAgo, ChronoUnit.DAYS);
        new Partitions(400, Clock.systemUTC()).make(connection, List.of(LocalDate.ofInstant(day, ZoneOffset.UTC)));
        List<LandedClick> made = new ArrayList<>();
        for (int i = 0; i < clicks; i++) made.add(click(sparse, day.plusMillis(i * HOURS * 3_600_000L / clicks), i));
        made.sort(Comparator.comparing(each -> each.click().id().toString()));
        List<Tuple> batches = new ArrayList<>();
        for (int from = 0; from < clicks; from += BATCH) {
            List<LandedClick> part = made.subList(from, Math.min(clicks, from + BATCH));
            LandedClick.Visit[] visits = new LandedClick.Visit[part.size()];
            Arrays.fill(visits, LandedClick.Visit.UNIQUE);
            Tuple batch = ClickRepository.Columns.of(part, visits);
            batch.addValue(part.stream().map(each -> each.click().src()).toArray(String[]::new));
            batches.add(batch);
        }
        return batches;
    }

    private LandedClick click(boolean sparse, Instant at, int number) {
        UUID floor = Ids.floor(at);
        UUID id = new UUID(
                floor.getMostSignificantBits() | 0x7000 | random.nextInt(0x1000),
                Long.MIN_VALUE | random.nextLong() >>> 2);
        long link = sparse ? number : (long) Math.pow(LINKS, random.nextDouble());
        UUID owner = new UUID(0x7000, Long.MIN_VALUE | link);
        String src = List.of("", "news", "tube", "blog", "mail").get(random.nextInt(5));
        int country = (int) (30 * Math.pow(random.nextDouble(), 2));
        Click click = new Click(
                id,
                owner,
                program,
                owner,
                null,
                false,
                true,
                Click.Origin.REDIRECT,
                Click.Intent.VISIT,
                "192.0.2.7",
                "",
                "",
                "",
                "",
                "https://shop.example/",
                src,
                List.of("", "", "", "", ""),
                "",
                "",
                "",
                "",
                "");
        return new LandedClick(
                click,
                LandedClick.Traffic.HUMAN,
                false,
                "192.0.2.0/24",
                new byte[32],
                new byte[32],
                "" + (char) ('A' + country / 6) + (char) ('A' + country),
                new UserAgents.Device(List.of("phone", "desktop", "tablet").get(random.nextInt(3)), "iOS", "Safari"),
                "blog.example");
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
