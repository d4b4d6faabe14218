package dev.tributary.chaos;

import dev.tributary.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Rows that the database refuses, and journals that are full. */
final class DataFaults {
    static final int POISON_EVERY = 1_000;

    /** Two segments of the smallest size: full after some thousand clicks. */
    private static final int SEGMENT = 1 << 20;

    private static final String REFUSE =
            """
            CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.src = 'poison' THEN RAISE EXCEPTION 'poison is refused'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse_poison BEFORE INSERT ON click FOR EACH ROW EXECUTE FUNCTION refuse_poison();
            """;
    private static final String REFUSE_NO_MORE = "DROP TRIGGER refuse_poison ON click; DROP FUNCTION refuse_poison();";

    private final House house;
    private final Dose dose;

    DataFaults(House house, Dose dose) {
        this.house = house;
        this.dose = dose;
    }

    /** The database refuses one click in a thousand: those are set aside with the reason, all others land. */
    Poison poison() {
        PackagedApp app = house.app();
        Books books = house.books();
        long before = books.number("SELECT count(*) FROM click_quarantine");
        books.execute(REFUSE);
        long from = System.nanoTime();
        try (ClickLoad load =
                ClickLoad.start(app.port(), Visits.poisoned(6, POISON_EVERY), dose.connections(), dose.perSecond())) {
            load.run(dose.fault().plus(dose.calm()));
            LoadReport report = load.stop();
            Outcome outcome = house.settle(
                    "poison rows",
                    books,
                    report,
                    report.redirectedPercent(),
                    report.p99Millis(from, System.nanoTime()),
                    0,
                    dose);
            long refused = books.number("SELECT count(*) FROM click_quarantine") - before;
            long made = (report.sent() + POISON_EVERY / 2 - 1) / POISON_EVERY;
            long unexplained = books.number("SELECT count(*) FROM click_quarantine WHERE reason = '' OR detail = ''");
            return new Poison(
                    outcome.noting(", quarantined %d of %d poisoned".formatted(refused, made)),
                    refused,
                    made,
                    unexplained);
        } finally {
            books.execute(REFUSE_NO_MORE);
        }
    }

    /**
     * @param quarantined rows that were set aside
     * @param made poisoned requests that were sent
     * @param unexplained rows set aside without saying why
     */
    record Poison(Outcome outcome, long quarantined, long made, long unexplained) {}

    /** PostgreSQL is away and the journal reaches its bound: visitors go on, without a click id, and it is counted. */
    JournalFull journalBound() {
        return journalFull("journal at its bound", Map.of("TRIBUTARY_CLICK_JOURNAL_MAX_BYTES", "" + 2 * SEGMENT));
    }

    JournalFull journalFull(String name, Map<String, String> environment) {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("TRIBUTARY_CLICK_JOURNAL_SEGMENT_BYTES", "" + SEGMENT);
        all.put("TRIBUTARY_CLICK_JOURNAL_KEEP_LANDED", "0S");
        EmbeddedPostgres postgres = house.postgres();
        try (PackagedApp app = house.newApp("small-journal", all)) {
            app.start();
            try (ClickLoad load = ClickLoad.start(
                    app.port(), Visits.ordinary(8), dose.connections(), Math.max(2_000, dose.perSecond()))) {
                postgres.kill();
                long from = System.nanoTime();
                boolean counted = awaitUnjournalled(app, dose.settle());
                load.run(dose.calm());
                long to = System.nanoTime();
                postgres.restart();
                long resume = house.awaitLanding(house.books(), Instant.now(), dose.settle());
                LoadReport report = load.stop();
                Outcome outcome = house.settle(
                        name,
                        house.books(),
                        report,
                        report.redirectedPercent(),
                        report.p99Millis(from, to),
                        resume,
                        dose);
                long metric = Math.round(app.metric("tributary_click_unjournalled_total"));
                return new JournalFull(
                        outcome.noting(
                                ", %d without a click id, metric %d".formatted(report.redirectedWithoutId(), metric)),
                        counted,
                        report.redirectedWithoutId(),
                        metric);
            }
        }
    }

    /** @param counted whether the alert metric rose while the journal was full */
    record JournalFull(Outcome outcome, boolean counted, long withoutId, long metric) {}

    private static boolean awaitUnjournalled(PackagedApp app, Duration limit) {
        long from = System.nanoTime();
        while (app.metric("tributary_click_unjournalled_total") == 0) {
            if (System.nanoTime() - from > limit.toNanos()) return false;
            PackagedApp.pause();
        }
        return true;
    }
}
