package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Winner;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A batch of drafts as one array for each column of the insert. */
final class DraftColumns {
    private final List<Draft> drafts;
    private final Tuple columns = Tuple.tuple();

    private DraftColumns(List<Draft> drafts) {
        this.drafts = drafts;
    }

    static Tuple of(List<Draft> drafts) {
        DraftColumns made = new DraftColumns(drafts);
        made.what();
        made.why();
        return made.columns;
    }

    static Tuple ofDecisions(List<Draft> drafts) {
        DraftColumns made = new DraftColumns(drafts);
        made.decisions();
        return made.columns;
    }

    private void decisions() {
        add(Draft::id, UUID[]::new);
        add(d -> d.status().word(), String[]::new);
        add(Draft::reasonWord, String[]::new);
        add(Draft::number, Integer[]::new);
        foremost(Winner::enrollmentId, UUID[]::new);
        foremost(Winner::affiliateId, UUID[]::new);
        foremost(Winner::linkId, UUID[]::new);
        add(d -> d.foremost().map(Winner::src).orElse(""), String[]::new);
        add(d -> time(d.waitingUntil()), OffsetDateTime[]::new);
        event(e -> e.touch().affiliateId(), UUID[]::new);
    }

    private void what() {
        add(Draft::id, UUID[]::new);
        event(Incoming::programId, UUID[]::new);
        event(e -> e.kind().word(), String[]::new);
        event(Incoming::externalId, String[]::new);
        foremost(Winner::enrollmentId, UUID[]::new);
        foremost(Winner::affiliateId, UUID[]::new);
        foremost(Winner::linkId, UUID[]::new);
        add(d -> d.foremost().map(Winner::src).orElse(""), String[]::new);
        event(e -> e.touch().clickId(), UUID[]::new);
        event(e -> e.amount().amount(), Long[]::new);
        event(e -> e.amount().currency(), String[]::new);
        add(d -> d.status().word(), String[]::new);
        event(e -> time(e.occurredAt()), OffsetDateTime[]::new);
    }

    private void why() {
        event(e -> e.door().word(), String[]::new);
        event(Incoming::customer, String[]::new);
        event(e -> Lines.write(e.lines()), JsonArray[]::new);
        event(e -> e.touch().visitorId(), UUID[]::new);
        event(e -> e.touch().promoCode(), String[]::new);
        event(e -> e.touch().affiliateId(), UUID[]::new);
        event(e -> BuyerJson.write(e.buyer()), JsonObject[]::new);
        event(e -> DetailsJson.write(e.details()), JsonObject[]::new);
        add(Draft::reasonWord, String[]::new);
        add(Draft::number, Integer[]::new);
        add(d -> time(d.waitingUntil()), OffsetDateTime[]::new);
    }

    private <T> void add(Function<Draft, @Nullable T> value, IntFunction<T[]> array) {
        columns.addValue(drafts.stream().map(value).toArray(array));
    }

    private <T> void event(Function<Incoming, @Nullable T> value, IntFunction<T[]> array) {
        add(draft -> value.apply(draft.event()), array);
    }

    private <T> void foremost(Function<Winner, @Nullable T> value, IntFunction<T[]> array) {
        add(draft -> draft.foremost().map(value).orElse(null), array);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
