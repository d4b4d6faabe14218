package dev.tributary.analytics.export;

import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Streams tables of any length: the next slice is read when the client has taken the one before, so two are in memory at
 * most. What breaks off is taken up again with {@code after}; what broke off on our side is never ended properly, so that
 * half an export does not look like a whole one.
 */
@ApplicationScoped
class Exports {
    private final ExportQueries queries;
    private final Slots slots = new Slots();

    Exports(ExportQueries queries) {
        this.queries = queries;
    }

    static Dataset named(List<Dataset> datasets, String word) {
        return datasets.stream()
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Export"));
    }

    /** @param affiliate whose export it is; null: of staff */
    Multi<String> stream(Dataset dataset, Format format, UUID owner, @Nullable UUID affiliate, Bounds bounds) {
        return Multi.createFrom().deferred(() -> {
            slots.take(affiliate);
            Progress progress = new Progress(dataset, owner, bounds);
            return whole(progress, format).onTermination().invoke(() -> slots.free(affiliate));
        });
    }

    private Multi<String> whole(Progress progress, Format format) {
        List<Column> columns = progress.dataset.columns();
        Multi<String> rows = Multi.createBy()
                .repeating()
                .uni(() -> queries.next(progress))
                .whilst(slice -> !progress.done())
                .map(slice -> slice.isEmpty() ? "" : format.rows(columns, slice));
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(() -> format.head(columns)),
                        rows,
                        Multi.createFrom().item(() -> format.foot(progress.rows(), progress.lastShown())))
                .filter(text -> !text.isEmpty());
    }

    /** How many run now. */
    int running() {
        return slots.taken();
    }
}
