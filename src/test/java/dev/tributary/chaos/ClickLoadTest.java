package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tributary.id.TypeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counting client itself, against a server that is known to the last answer. */
class ClickLoadTest {
    private final Set<UUID> promised = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) server.stop(0);
    }

    @Test
    void every_click_id_that_a_redirect_carried_is_acknowledged_and_nothing_else() throws IOException {
        serve(number -> number % 10 == 0 ? 500 : number % 10 == 1 ? 0 : 302);
        ClickLoad load = ClickLoad.start(server.getAddress().getPort(), Visits.ordinary(1), 4, 2_000);
        while (requests.get() < 500) Thread.onSpinWait();
        LoadReport report = load.stop();

        assertThat(report.acknowledged()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(promised);
        assertThat(report.sent()).isEqualTo(requests.get());
        assertThat(report.redirectedWithoutId()).isEqualTo(count(1));
        assertThat(report.failed()).hasSize(count(0)).allMatch(a -> a.status() == 500);
    }

    @Test
    void a_server_that_is_not_there_acknowledges_nothing_and_was_sent_nothing() throws IOException {
        serve(number -> 302);
        int port = server.getAddress().getPort();
        server.stop(0);
        try (ClickConnection connection = new ClickConnection(port)) {
            Answer answer = connection.exchange(Visits.ordinary(1).request(0), System.nanoTime());
            assertThat(answer.status()).isEqualTo(Answer.REFUSED);
            assertThat(answer.sent()).isFalse();
        }
    }

    @Test
    void one_in_a_thousand_requests_is_poisoned() {
        Visits visits = Visits.poisoned(3, 1_000);
        long poisoned = 0;
        for (int i = 0; i < 4_000; i++) if (new String(visits.request(i)).contains("src=poison")) poisoned++;
        assertThat(poisoned).isEqualTo(4);
    }

    @Test
    void a_click_id_is_read_from_a_location_and_a_broken_one_fails_loudly() {
        UUID id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        String text = TypeId.CLICK.format(id);
        assertThat(ClickConnection.clickIdOf("https://shop.example/?ref=a&click_id=" + text + "&src=b"))
                .isEqualTo(id);
        assertThat(ClickConnection.clickIdOf("https://shop.example/?ref=a")).isNull();
        assertThatThrownBy(() -> ClickConnection.clickIdOf("https://shop.example/?click_id=clk_no"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_metric_is_summed_over_its_samples_and_not_over_those_whose_name_only_starts_alike() {
        String text =
                """
                # HELP a_total x
                a_total 2.0
                a_total{kind="b"} 3.5
                a_total_other 100.0
                """;
        assertThat(PackagedApp.sum(text, "a_total")).isEqualTo(5.5);
    }

    /** How many of the requests so far had this last digit. */
    private int count(int digit) {
        int count = 0;
        for (int i = 0; i < requests.get(); i++) if (i % 10 == digit) count++;
        return count;
    }

    private interface Status {
        int of(int number);
    }

    /** Answers 302 with a click id for 302, without one for 0, else the status itself. */
    private void serve(Status status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> {
            int answer = status.of(requests.getAndIncrement());
            if (answer == 302) {
                UUID id = UUID.randomUUID();
                promised.add(id);
                exchange.getResponseHeaders()
                        .add("Location", "https://shop.example/?click_id=" + TypeId.CLICK.format(id) + "&src=x");
            }
            exchange.sendResponseHeaders(answer == 0 ? 302 : answer, -1);
            exchange.close();
        });
        server.start();
    }
}
