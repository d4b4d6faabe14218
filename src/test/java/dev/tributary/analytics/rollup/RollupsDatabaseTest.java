package dev.tributary.analytics.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.click.Landings;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.outbox.Outbox;
import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens in whatever order, figures are what the raw rows say. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RollupsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration DELIVERED = Duration.ofSeconds(60);
    private static final int OPERATIONS = 150;
    private static final String OPEN =
            """
            SELECT (SELECT count(*) FROM outbox_delivery WHERE consumer = 'analytics.rollup' AND delivered_at IS NULL)
                 + (SELECT count(*) FROM rollup_fact_due)
            """;
    private static final String RAW =
            """
            SELECT %s AS key, %s AS figures FROM rollup_raw r
             WHERE r.program_id = $1 AND ($2::uuid IS NULL OR r.affiliate_id = $2) AND r.day >= $3 AND r.day < $4 GROUP BY 1
            """;
    private static final String READ =
            """
            SELECT %s AS key, ARRAY[clicks, uniques, leads, sales, repeat_sales, revenue_minor, refunds, refunded_minor, churns,
                   commission_minor, commissions, reversed_minor, paid_minor] AS figures FROM %s
            """;
    private static final String ASK =
            """
            SELECT rollup_ask($1, w.since, now()) FROM rollup_windows((now() AT TIME ZONE $2)::date) w
            """;
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    DirectConnections connections;

    @Inject
    Outbox outbox;

    @Inject
    Ids ids;

    @Inject
    Folding folding;

    @Inject
    RollupRepository repository;

    @Inject
    CommandLineApplication application;

    private Landings landings;

    @BeforeEach
    void open() {
        landings = new Landings(connections);
    }

    @AfterEach
    void close() {
        Promoter.forgetMoney(pool);
        landings.close();
    }

    @ParameterizedTest
    @CsvSource({"America/New_York, 1", "Asia/Kolkata, 2", "UTC, 3"})
    void figures_are_what_raw_rows_say_after_replays_late_clicks_refunds_new_decisions_and_killed_folders(
            String zone, long seed) {
        Shop shop = shop(zone, seed);
        shop.query(ASK, shop.program, zone);
        for (int i = 0; i < OPERATIONS; i++) {
            shop.something();
            if (i % 10 == 3) together(folding::facts, folding::clicks);
            if (i % 10 == 5) together(folding::facts, folding::facts);
            if (i % 20 == 7) together(folding::clicks, folding::clicks);
            if (i % 20 == 13) killed();
            if (i % 30 == 17) together(folding::close, folding::trail);
            if (i % 30 == 23) together(this::share, folding::facts);
        }
        settle();

        assertThat(differences(shop)).isEmpty();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(shop.query("SELECT count(*) FROM rollup_share_daily WHERE program_id = $1", shop.program)
                        .iterator()
                        .next()
                        .getLong(0))
                .isPositive();
        for (int i = 0; i < 12; i++) {
            UUID affiliate = i % 2 == 0 ? null : shop.one(shop.affiliates);
            LocalDate from = i < 2 ? today.minusDays(29 + 60L * i) : shop.day().toLocalDate();
            LocalDate to = i % 6 < 4 ? today.plusDays(2) : shop.day().toLocalDate();
            assertThat(read(shop, affiliate, from, to))
                    .as("%s from %s to %s", affiliate, from, to)
                    .isEqualTo(raw(shop, affiliate, from, to));
        }
    }

    @Test
    void no_click_is_lost_between_its_mark_and_the_folder_that_takes_it() {
        Shop shop = shop("UTC", 4);
        CompletableFuture<Void> landing = CompletableFuture.runAsync(() -> {
            try (Landings other = new Landings(connections)) {
                for (int i = 0; i < 200; i++) other.land(List.of(click(shop, 100 + i % 3)));
            }
        });
        while (!landing.isDone()) await(folding.clicks());
        landing.join();
        for (int i = 0; i < 3; i++) landings.land(List.of(click(shop, 100 + i)));
        settle();

        assertThat(differences(shop)).isEmpty();
        assertThat(total(shop)).isEqualTo(203);
    }

    @Test
    void clicks_of_this_hour_are_in_figures_before_they_are_folded() {
        Shop shop = shop("UTC", 5);

        landings.land(List.of(click(shop, 0), click(shop, 0)));

        assertThat(total(shop)).isEqualTo(2);
        landings.land(List.of(click(shop, 0)));
        assertThat(total(shop)).isEqualTo(3);
    }

    @Test
    void damage_is_found_by_the_command_and_healed_by_building_anew() {
        Shop shop = shop("America/New_York", 6);
        for (int i = 0; i < 40; i++) shop.something();
        settle();
        String program = TypeId.PROGRAM.format(shop.program);
        Typed sound = Typed.run(application, "job", "rollups", "--verify", "--program", program);
        assertThat(sound.exitCode()).as(sound.error() + sound.lines()).isZero();

        shop.query(
                "UPDATE rollup_daily SET clicks = clicks + 1, uniques = uniques - 1 WHERE program_id = $1",
                shop.program);
        shop.query("DELETE FROM rollup_fact WHERE program_id = $1 AND kind = 'conversion'", shop.program);
        shop.query("UPDATE rollup_share_daily SET clicks = clicks + 1 WHERE program_id = $1", shop.program);
        shop.query("UPDATE rollup_monthly SET paid_minor = paid_minor + 7 WHERE program_id = $1", shop.program);
        Typed broken = Typed.run(application, "job", "rollups", "--verify", "--program", program);
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.lines()).anyMatch(line -> line.startsWith("WRONG " + program));

        Typed healed = Typed.run(application, "job", "rollups", "--rebuild", "--verify", "--program", program);
        assertThat(healed.exitCode()).as(healed.error() + healed.lines()).isZero();
    }

    @Test
    void an_hour_that_is_folded_after_an_earlier_day_was_made_anew_counts_in_busy_days() {
        Shop shop = shop("UTC", 8);
        LocalDate yesterday = shop.began.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1);
        for (int i = 0; i < 3; i++) landings.land(List.of(clickAt(shop, yesterday, 10), clickAt(shop, yesterday, 10)));
        settle();
        shop.query("SELECT rollup_rebuild($1, $2, $3)", shop.program, yesterday.minusDays(9), yesterday.minusDays(8));

        landings.land(List.of(clickAt(shop, yesterday, 20)));
        // as if it had landed in time, while nothing had of its hour
        shop.query(
                "UPDATE click_hourly SET late_clicks = 0, late_uniques = 0 WHERE program_id = $1 AND folded_late_clicks = 0",
                shop.program);
        settle();

        assertThat(differences(shop)).isEmpty();
        assertThat(read(shop, shop.program, yesterday, yesterday.plusDays(1)))
                .isEqualTo(raw(shop, shop.program, yesterday, yesterday.plusDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"UTC, America/Los_Angeles", "Asia/Tokyo, UTC"})
    void a_program_that_moves_west_loses_no_click_of_its_first_day_and_has_none_of_its_last_twice(
            String from, String to) {
        Shop shop = shop(from, 9);
        landings.land(List.of(click(shop, 24 * 20), click(shop, 24 * 20 + 3), click(shop, 2), click(shop, 1)));
        LocalDate first = LocalDate.ofInstant(shop.began.minus(Duration.ofDays(20)), ZoneOffset.UTC);
        landings.land(List.of(clickAt(shop, first.minusDays(1), 20), clickAt(shop, first.minusDays(1), 1)));
        settle();
        shop.query("UPDATE program SET time_zone = $2 WHERE id = $1", shop.program, to);

        Typed moved =
                Typed.run(application, "job", "rollups", "--verify", "--program", TypeId.PROGRAM.format(shop.program));
        settle();

        assertThat(moved.exitCode()).as(moved.error() + moved.lines()).isZero();
        assertThat(differences(shop)).isEmpty();
        assertThat(total(shop)).isEqualTo(6);
    }

    @Test
    void a_program_that_moves_to_another_time_zone_gets_days_of_that_zone() {
        Shop shop = shop("America/New_York", 7);
        for (int i = 0; i < 40; i++) shop.something();
        settle();
        shop.query("UPDATE program SET time_zone = 'Asia/Tokyo' WHERE id = $1", shop.program);

        Typed moved =
                Typed.run(application, "job", "rollups", "--verify", "--program", TypeId.PROGRAM.format(shop.program));

        assertThat(moved.exitCode()).as(moved.error() + moved.lines()).isZero();
    }

    private Shop shop(String zone, long seed) {
        return new Shop(pool, transactions, outbox, ids, landings, zone, seed);
    }

    private Landings.Shot click(Shop shop, int hoursAgo) {
        return click(shop, shop.began.minus(Duration.ofHours(hoursAgo)));
    }

    private Landings.Shot clickAt(Shop shop, LocalDate day, int hour) {
        return click(shop, day.atTime(hour, 30).toInstant(ZoneOffset.UTC));
    }

    private Landings.Shot click(Shop shop, Instant at) {
        UUID floor = Ids.floor(at);
        UUID random = UUID.randomUUID();
        UUID id = new UUID(
                floor.getMostSignificantBits() | 0x7000 | random.getMostSignificantBits() & 0xFFF,
                random.getLeastSignificantBits());
        return new Landings.Shot(id, shop.program, shop.program, shop.program, "", "DE", true, true);
    }

    private long total(Shop shop) {
        return shop.query("SELECT clicks FROM figures_total($1, null, '2020-01-01', '2100-01-01')", shop.program)
                .iterator()
                .next()
                .getLong(0);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(ANSWER);
    }

    /** On two connections at the same time. */
    private static void together(Supplier<Uni<Integer>> one, Supplier<Uni<Integer>> other) {
        await(Uni.combine().all().unis(one.get(), other.get()).discardItems());
    }

    /** A folder that has done everything and dies before its commit. */
    private void killed() {
        await(transactions
                .run(tx -> repository
                        .foldFacts(tx, 100)
                        .chain(() -> repository.foldClicks(tx, 100))
                        .chain(() -> Uni.createFrom().<Integer>failure(new IllegalStateException("killed"))))
                .onFailure(IllegalStateException.class)
                .recoverWithItem(0));
    }

    /** Until every event has come and everything is folded. */
    private void settle() {
        long deadline = System.nanoTime() + DELIVERED.toNanos();
        while (pool.query(OPEN).executeAndAwait().iterator().next().getLong(0) > 0 && System.nanoTime() < deadline)
            whole(folding::facts);
        for (Supplier<Uni<Integer>> step :
                List.<Supplier<Uni<Integer>>>of(folding::facts, folding::clicks, folding::close, folding::trail))
            whole(step);
        shareAll();
    }

    /** Two clicks are a busy day here. */
    private Uni<Integer> share() {
        return transactions.run(tx -> repository.share(tx, Instant.now(), 2));
    }

    /** Also of the days that the application looked at meanwhile, to which nobody is busy here. */
    private void shareAll() {
        await(transactions.run(
                ANSWER, tx -> tx.query("SELECT rollup_lock(); UPDATE rollup_program SET shared_to = NULL")
                        .execute()
                        .chain(() -> Uni.createFrom()
                                .deferred(() -> repository.share(tx, Instant.now(), 2))
                                .repeat()
                                .whilst(days -> days > 0)
                                .collect()
                                .last())));
    }

    private static void whole(Supplier<Uni<Integer>> step) {
        while (await(step.get()) > 0) {}
    }

    private List<Verification.Difference> differences(Shop shop) {
        List<Verification.Difference> found = new ArrayList<>();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Verification verification = Verification.begin(connections)) {
            for (Check check : Check.values())
                for (LocalDate[] part : Verification.parts(check, today.minusDays(75), today.plusDays(2)))
                    found.addAll(verification.ask(check, shop.program, part[0], part[1], 5));
        }
        return found;
    }

    private Map<String, Map<String, String>> raw(Shop shop, @Nullable UUID affiliate, LocalDate from, LocalDate to) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        Map<String, String> keys = new TreeMap<>(Map.of(
                "total", "''", "day", "r.day::text", "affiliate", "r.affiliate_id::text", "link", "r.link_id::text"));
        keys.putAll(Map.of(
                "source",
                "r.src",
                "country",
                "r.country",
                "device",
                "r.device",
                "code",
                "r.code",
                "hour",
                "r.hour::text"));
        if (affiliate != null) keys.remove("affiliate");
        keys.forEach((name, key) -> all.put(
                name,
                rows(
                        shop,
                        RAW.formatted(key, Check.Span.SUMS),
                        shop.program,
                        affiliate,
                        from,
                        name.equals("hour") ? from.plusDays(1) : to)));
        return all;
    }

    private Map<String, Map<String, String>> read(Shop shop, @Nullable UUID affiliate, LocalDate from, LocalDate to) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (String cut : List.of("source", "country", "device", "code"))
            all.put(
                    cut,
                    rows(
                            shop,
                            READ.formatted("value", "figures_by_cut($1, $2, '" + cut + "', $3, $4)"),
                            shop.program,
                            affiliate,
                            from,
                            to));
        all.put(
                "total",
                rows(shop, READ.formatted("''", "figures_total($1, $2, $3, $4)"), shop.program, affiliate, from, to));
        all.put(
                "day",
                rows(
                        shop,
                        READ.formatted("day::text", "figures_by_day($1, $2, $3, $4)"),
                        shop.program,
                        affiliate,
                        from,
                        to));
        all.put(
                "link",
                rows(
                        shop,
                        READ.formatted("link_id::text", "figures_by_link($1, $2, $3, $4)"),
                        shop.program,
                        affiliate,
                        from,
                        to));
        all.put(
                "hour",
                rows(shop, READ.formatted("hour::text", "figures_by_hour($1, $2, $3)"), shop.program, affiliate, from));
        if (affiliate == null)
            all.put(
                    "affiliate",
                    rows(
                            shop,
                            READ.formatted("affiliate_id::text", "figures_by_affiliate($1, $2, $3)"),
                            shop.program,
                            from,
                            to));
        return all;
    }

    /** What is all zeros, or nobody's, may be there or not. */
    private static Map<String, String> rows(Shop shop, String sql, @Nullable Object... arguments) {
        Map<String, String> rows = new TreeMap<>();
        for (Row row : shop.query(sql, arguments)) {
            Long[] figures = row.getArrayOfLongs("figures");
            boolean any = false;
            for (Long each : figures) any |= each != null && each != 0;
            if (any && !row.getString("key").equals(NOBODY))
                rows.put(row.getString("key"), List.of(figures).toString());
        }
        return rows;
    }
}
