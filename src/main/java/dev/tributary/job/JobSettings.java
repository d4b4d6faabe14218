package dev.tributary.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** The settings {@code tributary.job.*}, among them two of each job by its name. */
@ApplicationScoped
class JobSettings {
    private final Config config;

    JobSettings(Config config) {
        this.config = config;
    }

    /** A batch command has no schedule, and a cluster may leave it to CronJobs. */
    boolean scheduling() {
        boolean server = config.getOptionalValue("tributary.mode", String.class)
                .orElse("server")
                .equals("server");
        boolean on = !config.getOptionalValue("tributary.job.schedule", String.class)
                .orElse("on")
                .equals(Job.OFF);
        return server && on;
    }

    String schedule(Job job) {
        return config.getOptionalValue(key(job, "schedule"), String.class)
                .orElse(job.schedule())
                .trim();
    }

    Duration deadline(Job job) {
        return config.getOptionalValue(key(job, "deadline"), Duration.class).orElse(job.deadline());
    }

    /** How long a command waits for a database that is just starting. */
    Duration patience() {
        return config.getValue("tributary.job.patience", Duration.class);
    }

    static String key(Job job, String setting) {
        return "tributary.job." + job.name() + "." + setting;
    }
}
