package dev.tributary.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The words of the command line: a command for each job, made from its description, with no reflection. */
final class Commands {
    static final String LIST = "list";
    static final String RUNS = "runs";
    static final String DRY_RUN = "--dry-run";
    static final String FROM_START = "--from-start";
    static final String LIMIT = "--limit";

    /** Not {@code Map.of}: help shows them in this order. */
    private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

    static {
        EXIT_CODES.put(" 0", "done");
        EXIT_CODES.put(" 1", "the run failed");
        EXIT_CODES.put(" 2", "no such job or option");
        EXIT_CODES.put("75", "nothing was begun: another run goes on, or PostgreSQL does not answer");
    }

    private Commands() {}

    static CommandSpec of(List<Job> jobs) {
        CommandSpec job = command("job", "Runs a batch job; without a name, lists the jobs.");
        job.addSubcommand(LIST, command(LIST, "Lists the jobs with their schedules and last runs."));
        job.addSubcommand(RUNS, runs());
        for (Job each : jobs) job.addSubcommand(each.name(), of(each));
        CommandSpec root = command("tributary", "The server has no arguments; a batch job has its name.");
        return root.addSubcommand("job", job);
    }

    private static CommandSpec of(Job job) {
        CommandSpec spec = command(job.name(), job.description());
        spec.addOption(flag(DRY_RUN, "Tells what it would do, and changes nothing."));
        spec.addOption(flag(FROM_START, "Leaves aside the place that an earlier run kept."));
        for (JobOption option : job.options()) spec.addOption(option(option));
        return spec;
    }

    private static OptionSpec option(JobOption option) {
        if (option.isSwitch()) return flag("--" + option.name(), option.description());
        return OptionSpec.builder("--" + option.name())
                .type(String.class)
                .paramLabel(option.label())
                .required(option.required())
                .description(option.description())
                .build();
    }

    private static CommandSpec runs() {
        CommandSpec spec = command(RUNS, "Shows the last runs, newest first.");
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .arity("0..1")
                .index("0")
                .paramLabel("JOB")
                .description("Of this job alone.")
                .build());
        spec.addOption(OptionSpec.builder(LIMIT)
                .type(Integer.class)
                .paramLabel("N")
                .defaultValue("20")
                .description("How many, at most 100; 20 where nothing is said.")
                .build());
        return spec;
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage(new UsageMessageSpec()
                .description(description)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(EXIT_CODES));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this.")
                .build());
        return spec;
    }
}
