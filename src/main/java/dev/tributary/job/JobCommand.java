package dev.tributary.job;

import dev.tributary.postgres.Migrations;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/** Runs one job from the command line and tells how it went. */
@ApplicationScoped
class JobCommand {
    private final Runner runner;
    private final Migrations migrations;
    private final JobSettings settings;

    JobCommand(Runner runner, Migrations migrations, JobSettings settings) {
        this.runner = runner;
        this.migrations = migrations;
        this.settings = settings;
    }

    int run(Job job, ParseResult parsed, PrintWriter out, PrintWriter err) {
        Map<String, String> options = new HashMap<>();
        for (JobOption option : job.options()) {
            Object value = parsed.matchedOptionValue("--" + option.name(), (Object) null);
            if (value != null) options.put(option.name(), value.toString());
        }
        boolean dryRun = parsed.matchedOptionValue(Commands.DRY_RUN, false);
        boolean fromStart = parsed.matchedOptionValue(Commands.FROM_START, false);
        return run(RunRequest.typed(job, dryRun, fromStart, options), out, err);
    }

    private int run(RunRequest request, PrintWriter out, PrintWriter err) {
        Terminal terminal = new Terminal(out, err, Terminal.isTerminal());
        try {
            migrations.done().await().atMost(settings.patience());
            RunStatus status = runner.run(request, terminal);
            terminal.end();
            err.printf("%s %s%s%n", request.job().name(), status.label(), request.dryRun() ? " (dry run)" : "");
            return status == RunStatus.SUCCEEDED ? ExitCode.DONE : ExitCode.FAILED;
        } catch (Problem e) {
            err.println(e.getMessage());
            return ExitCode.TRY_LATER;
        } catch (TimeoutException e) {
            err.println("PostgreSQL does not answer");
            return ExitCode.TRY_LATER;
        } catch (RuntimeException e) {
            err.printf("%s was not begun: %s%n", request.job().name(), e.getMessage());
            return ExitCode.TRY_LATER;
        }
    }
}
