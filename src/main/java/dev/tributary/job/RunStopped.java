package dev.tributary.job;

/** The run must not go on: its deadline passed, its lock is lost, or the process ends. */
final class RunStopped extends RuntimeException {
    RunStopped(String why) {
        super(why, null, false, false);
    }
}
