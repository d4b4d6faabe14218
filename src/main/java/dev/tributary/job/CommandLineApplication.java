package dev.tributary.job;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The command line of the packaged binary: {@code job} lists the jobs, {@code job NAME [--dry-run]} runs one, {@code job
 * runs} shows what ran. It serves no HTTP and touches no journal of a server.
 */
@Unremovable
@ApplicationScoped
public class CommandLineApplication implements QuarkusApplication {
    private final Jobs jobs;
    private final JobCommand command;
    private final JobListing listing;

    CommandLineApplication(Jobs jobs, JobCommand command, JobListing listing) {
        this.jobs = jobs;
        this.command = command;
        this.listing = listing;
    }

    @Override
    public int run(String... args) {
        return commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                .execute(args);
    }

    CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(Commands.of(jobs.all()))
                .setExecutionStrategy(this::execute)
                .setOut(out)
                .setErr(err);
    }

    private int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) return helped;
        CommandLine top = parsed.commandSpec().commandLine();
        if (!parsed.hasSubcommand()) {
            top.usage(top.getErr());
            return ExitCode.USAGE;
        }
        ParseResult job = parsed.subcommand();
        if (!job.hasSubcommand()) return listing.jobs(top.getOut());
        ParseResult chosen = job.subcommand();
        String name = chosen.commandSpec().name();
        if (name.equals(Commands.LIST)) return listing.jobs(top.getOut());
        if (name.equals(Commands.RUNS)) return listing.runs(chosen, top.getOut(), top.getErr());
        return command.run(jobs.find(name).orElseThrow(), chosen, top.getOut(), top.getErr());
    }
}
