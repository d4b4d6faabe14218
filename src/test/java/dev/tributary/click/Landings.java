package dev.tributary.click;

import dev.tributary.id.Ids;
import dev.tributary.postgres.DirectConnections;
import io.vertx.pgclient.PgConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Lands clicks of any moment by the lander's own statement, for the tests of rooms downstream. */
public final class Landings implements AutoCloseable {
    private static final int RETENTION_DAYS = 400;

    private final PgConnection connection;

    public Landings(DirectConnections connections) {
        connection = Wait.forConnection(connections);
    }

    /** What is told of a click here; the rest of it is the same for all. The id says when it was. */
    public record Shot(
            UUID id,
            UUID linkId,
            UUID programId,
            UUID affiliateId,
            String src,
            String country,
            boolean human,
            boolean unique) {}

    /** Answers how many are new. */
    public long land(List<Shot> shots) {
        List<Shot> sorted = shots.stream()
                .sorted(Comparator.comparing(shot -> shot.id.toString()))
                .toList();
        new Partitions(RETENTION_DAYS, Clock.systemUTC())
                .make(
                        connection,
                        sorted.stream()
                                .map(shot -> Ids.timeOf(shot.id)
                                        .atZone(ZoneOffset.UTC)
                                        .toLocalDate())
                                .distinct()
                                .toList());
        return Wait.forAnswer(ClickRepository.land(
                connection,
                sorted.stream().map(Landings::click).toList(),
                sorted.stream().map(Landings::visit).toArray(LandedClick.Visit[]::new),
                sorted.stream().map(Shot::src).toArray(String[]::new)));
    }

    private static LandedClick.Visit visit(Shot shot) {
        if (!shot.human) return LandedClick.Visit.NONE;
        return shot.unique ? LandedClick.Visit.UNIQUE : LandedClick.Visit.DUPLICATE;
    }

    private static LandedClick click(Shot shot) {
        Click click = new Click(
                shot.id,
                shot.linkId,
                shot.programId,
                shot.affiliateId,
                null,
                false,
                true,
                Click.Origin.REDIRECT,
                Click.Intent.VISIT,
                "192.0.2.7",
                shot.country,
                "",
                "",
                "",
                "https://shop.example/",
                shot.src,
                List.of("", "", "", "", ""),
                "",
                "",
                "",
                "",
                "");
        return new LandedClick(
                click,
                shot.human ? LandedClick.Traffic.HUMAN : LandedClick.Traffic.BOT,
                false,
                "192.0.2.0/24",
                new byte[0],
                new byte[0],
                shot.country,
                new UserAgents.Device("phone", "", ""),
                "");
    }

    @Override
    public void close() {
        connection.close();
    }
}
