package dev.tributary.page;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** A list that can be read onward from any id, newest first. */
@FunctionalInterface
public interface Source<T> {
    /** At most {@code limit} rows with an id below {@code before}, in descending order of their ids. */
    Uni<List<T>> read(UUID before, int limit);
}
