package dev.tributary.job;

/**
 * One option of a job on the command line, such as {@code --journal-dir DIR}.
 *
 * @param name without the dashes
 * @param label what stands for the value in the help; empty where the option stands for itself and has none
 */
public record JobOption(String name, String label, String description, boolean required) {
    boolean isSwitch() {
        return label.isEmpty();
    }
}
