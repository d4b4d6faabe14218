package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The CronJobs of k8s/base against the jobs of this binary: they replace the clockwork within the server. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CronJobsDatabaseTest {
    private static final Duration SPARE = Duration.ofMinutes(10);

    @Inject
    Jobs jobs;

    private record Cron(String schedule, List<String> arguments, Duration deadline) {
        String job() {
            return arguments.get(1);
        }
    }

    private final Map<String, Cron> crons = crons();

    @Test
    void every_job_with_a_time_of_its_own_has_a_cron_job_at_that_time() {
        assertThat(jobs.all().stream().filter(job -> !job.schedule().equals(Job.OFF)))
                .filteredOn(job -> !job.name().equals(Rehearsal.NAME))
                .isNotEmpty()
                .allSatisfy(job -> {
                    assertThat(crons).as("k8s/base/jobs.yaml").containsKey(job.name());
                    assertThat(crons.get(job.name()).schedule()).as(job.name()).isEqualTo(fields(job.schedule()));
                });
    }

    @Test
    void the_command_of_every_cron_job_is_one_and_takes_its_options() {
        assertThat(crons).isNotEmpty();
        crons.values().forEach(cron -> new CommandLine(Commands.of(jobs.all()))
                .parseArgs(cron.arguments().toArray(String[]::new)));
    }

    @Test
    void a_pod_lives_longer_than_its_job_may_take() {
        crons.values().forEach(cron -> assertThat(cron.deadline())
                .as(cron.job())
                .isGreaterThanOrEqualTo(
                        jobs.find(cron.job()).orElseThrow().deadline().plus(SPARE)));
    }

    @Test
    void every_job_stands_in_the_document_with_its_time() throws IOException {
        String document = Files.readString(Path.of("docs/jobs.md"));
        assertThat(jobs.all())
                .filteredOn(job -> !job.name().equals(Rehearsal.NAME))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(document.lines())
                        .as(job.name())
                        .anyMatch(line -> line.matches("\\| `%s[ `].*".formatted(job.name()))
                                && line.contains(
                                        job.schedule().equals(Job.OFF) ? " never " : "`" + job.schedule() + "`")));
    }

    /** A clockwork's {@code every 5m} as cron has it. */
    private static String fields(String schedule) {
        if (!schedule.startsWith("every ")) return schedule;
        long minutes = Schedule.period(schedule).toMinutes();
        assertThat(Duration.ofMinutes(minutes)).as("cron knows no seconds").isEqualTo(Schedule.period(schedule));
        return minutes == 1 ? "* * * * *" : "*/" + minutes + " * * * *";
    }

    private static Map<String, Cron> crons() {
        Map<String, Cron> all = new TreeMap<>();
        try {
            for (Object each : new Yaml().loadAll(Files.readString(Path.of("k8s/base/jobs.yaml")))) {
                Cron cron = read((Map<?, ?>) each);
                if (all.put(cron.job(), cron) != null) throw new AssertionError("Two CronJobs run " + cron.job());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return all;
    }

    private static Cron read(Map<?, ?> object) {
        Map<?, ?> spec = (Map<?, ?>) object.get("spec");
        Map<?, ?> job = (Map<?, ?>) ((Map<?, ?>) spec.get("jobTemplate")).get("spec");
        Map<?, ?> pod = (Map<?, ?>) ((Map<?, ?>) job.get("template")).get("spec");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
        List<String> arguments =
                ((List<?>) container.get("args")).stream().map(String::valueOf).toList();
        return new Cron(
                (String) spec.get("schedule"),
                arguments,
                Duration.ofSeconds(((Number) job.get("activeDeadlineSeconds")).longValue()));
    }
}
