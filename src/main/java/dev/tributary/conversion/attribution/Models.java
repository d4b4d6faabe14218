package dev.tributary.conversion.attribution;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** All attribution models there are. */
@ApplicationScoped
class Models {
    private final List<AttributionModel> all;

    Models(@All List<AttributionModel> found) {
        all = found.stream()
                .sorted(Comparator.comparing(AttributionModel::word))
                .toList();
    }

    List<AttributionModel> all() {
        return all;
    }

    /** The model of that word, which a program's settings can only name where it exists. */
    AttributionModel of(String word) {
        return all.stream()
                .filter(model -> model.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no attribution model " + word));
    }
}
