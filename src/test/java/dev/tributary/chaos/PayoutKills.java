package dev.tributary.chaos;

import dev.tributary.chaos.Barrier.Place;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The application that pays by a provider in another process, killed with SIGKILL at chosen points, and what is true afterwards.
 * Points are reached by the provider, which holds or loses answers, and by statements that wait in PostgreSQL; the application
 * knows nothing of them.
 */
final class PayoutKills implements AutoCloseable {
    /** Of a run, or of what follows from an answer: far beyond what either takes. */
    private static final Duration WITHIN = Duration.ofMinutes(3);
    /** What a payout may need: to be given up, looked up, sent again and looked up again. */
    private static final int QUARTERS = 12;

    private static final String LIVE =
            "SELECT count(*) FROM payout WHERE state IN ('requested', 'approved', 'submitted', 'unknown')";
    private static final String DUE =
            LIVE + " AND (next_at <= now() + interval '1 second' OR updated_at > now() - interval '1 second')";
    private static final String RUNS = "SELECT count(*) FROM payout_run WHERE state = 'running'";

    private final House house;
    private final ProviderProcess provider;
    private final PayoutWorld world;
    private final PackagedApp app;
    private final Map<String, String> environment;

    /** @param people who are owed money; all of them are new */
    PayoutKills(Path home, int people) throws SQLException, IOException {
        house = new House(home, House.SHORT_LIVED);
        provider = ProviderProcess.start("stripe", home.resolve("provider.log"));
        provider.tell("payees", new JsonObject().put("destination", "*"));
        environment = environment(provider.url());
        world = new PayoutWorld(house, "stripe");
        app = instance("sender");
        earn(people);
    }

    private static Map<String, String> environment(String providerUrl) {
        Map<String, String> all = new HashMap<>(Staff.environment());
        all.put("TRIBUTARY_CRYPTO_MASTER_KEY", PayoutWorld.MASTER_KEY);
        all.put("TRIBUTARY_STRIPE_API_KEY", "sk_test_stub");
        all.put("TRIBUTARY_STRIPE_API_BASE", providerUrl);
        // Nothing happens by itself but what is looked at.
        all.put("TRIBUTARY_JOB_SCHEDULE", "off");
        all.put("TRIBUTARY_PROMO_STRIPE_SYNC", "false");
        return Map.copyOf(all);
    }

    PackagedApp instance(String name) {
        return house.newApp(name, environment);
    }

    /** A command with the settings of the instances. */
    private PackagedApp command(String name) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TRIBUTARY_DEMO", "false");
        return house.newApp(name, all);
    }

    /** Everybody's sale through the merchant's file, its commission booked and past its hold. */
    private void earn(int people) throws SQLException, IOException {
        PackagedApp commands = command("commands");
        expect(commands.run("job", "migrate"), "job migrate");
        Path sales = world.fill(people);
        expect(commands.run("job", "import-conversions", "--file", sales.toString(), "--program", "kill"), "import");
        expect(commands.run("job", "commissions"), "job commissions");
        expect(commands.run("job", "release-holds"), "job release-holds");
        long owed = world.number("SELECT count(*) FROM ledger_balance WHERE available > 0");
        if (owed != people) throw new IllegalStateException("%d of %d are owed something".formatted(owed, people));
    }

    private static void expect(int status, String command) {
        if (status != 0) throw new IllegalStateException(command + " ended with " + status);
    }

    PayoutWorld world() {
        return world;
    }

    ProviderProcess provider() {
        return provider;
    }

    PackagedApp app() {
        return app;
    }

    /** Where the provider tells of what happened there; nobody hears before. */
    void listen(int copies) {
        provider.tell(
                "events",
                new JsonObject()
                        .put("url", "http://127.0.0.1:" + app.port() + PayoutWorld.eventsPath())
                        .put("secret", PayoutWorld.SECRET)
                        .put("copies", copies)
                        .put("millis", 20));
    }

    void listenNoMore() {
        provider.tell("events", new JsonObject().put("url", ""));
    }

    Barrier barrier(Place place) throws SQLException {
        return Barrier.at(world.open(), place);
    }

    Barrier barrier(String table, String statement) throws SQLException {
        return Barrier.atAnyUseOf(world.open(), table, statement);
    }

    /** Waits for a number of the database. */
    void await(String sql, long expected) throws SQLException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (world.number(sql) != expected) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException(
                        "%s stayed %d and not %d, see %s".formatted(sql, world.number(sql), expected, app.log()));
            PackagedApp.pause();
        }
    }

    /** Waits until the provider has heard of so many transfers in all. */
    void awaitMoves(int moves) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (provider.moves() < moves) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("The provider was not asked");
            PackagedApp.pause();
        }
    }

    /**
     * Time goes by in quarters of an hour, each as soon as nothing is left to do in the one before, until nothing is under way. A
     * payout that nobody would look at again stays, and is seen.
     */
    PayoutTruth settle() throws SQLException {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            await(RUNS, 0);
            await(DUE, 0);
            PayoutTruth truth = truth();
            if (!truth.wrong().isEmpty() || truth.open() == 0) return truth;
            world.quarterOfAnHourPasses();
        }
        return truth();
    }

    PayoutTruth truth() throws SQLException {
        return PayoutTruth.of(world, provider.moved());
    }

    /** What the run of {@code check-books} within the running application says that is not in order; nothing where all is. */
    String checkBooks() {
        JsonObject run = new Staff(app).run("check-books");
        return run.getString("status").equals("succeeded") ? "" : run.encodePrettily();
    }

    /** The exit code of {@code job check-books}, a process of its own. */
    int checkBooksByCommand() {
        return command("check").run("job", "check-books");
    }

    int reconcile() {
        return command("reconcile").run("job", "reconcile");
    }

    /** {@code job reconcile}, killed where it stands. */
    void reconcileAndKill(Barrier barrier) throws SQLException {
        Process job = command("reconcile").spawn(List.of("job", "reconcile"));
        try {
            barrier.awaitReached();
        } finally {
            job.destroyForcibly();
        }
        try {
            if (!job.waitFor(10, TimeUnit.SECONDS)) throw new IllegalStateException("SIGKILL did not end it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        app.close();
        provider.close();
        house.close();
    }
}
