package dev.tributary.payout;

import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Rails;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** P5: writes what rails answered, together with what follows from it. Each answer may be written twice; the second is no news. */
@ApplicationScoped
class Answers {
    private final PayoutRepository payouts;
    private final Deeds deeds;
    private final Rails rails;
    private final Transactions transactions;
    private final Clock clock;

    Answers(PayoutRepository payouts, Deeds deeds, Rails rails, Transactions transactions, Clock clock) {
        this.payouts = payouts;
        this.deeds = deeds;
        this.rails = rails;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Each payout at most once in the list. */
    Uni<Void> write(List<Heard> heard) {
        Instant now = now();
        return transactions.run(Transactions.DEADLINE, tx -> lock(tx, heard)
                .chain(found -> deeds.write(
                        tx,
                        heard.stream()
                                .map(each -> deed(of(each, found), each, now))
                                .toList(),
                        now)));
    }

    /** For one that cannot be written because what it tells of belongs to another payout. */
    Uni<Void> confused(Heard heard) {
        Instant now = now();
        return transactions.run(
                Transactions.DEADLINE, tx -> lock(tx, List.of(heard)).chain(found -> {
                    StoredPayout payout = of(heard, found);
                    Deed deed = Deed.of(
                            payout,
                            payout.payout().confused(),
                            "provider",
                            "the rail tells of another payout's transfer");
                    return deeds.write(tx, List.of(deed), now);
                }));
    }

    /** What is asked about is a payout's errand, and payouts are never removed. */
    private static StoredPayout of(Heard heard, Map<UUID, StoredPayout> found) {
        return Objects.requireNonNull(found.get(heard.payoutId()));
    }

    private Uni<Map<UUID, StoredPayout>> lock(SqlConnection tx, List<Heard> heard) {
        List<UUID> ids = heard.stream().map(Heard::payoutId).toList();
        return payouts.lock(tx, ids)
                .map(found -> found.stream().collect(Collectors.toMap(StoredPayout::id, Function.identity())));
    }

    private Deed deed(StoredPayout payout, Heard heard, Instant now) {
        Rail rail = rails.get(payout.rail());
        if (heard instanceof Heard.Looked looked)
            return Deed.of(
                    payout,
                    payout.payout().found(looked.finding(), rail.traits(), now),
                    "provider",
                    why(looked.finding()));
        Heard.Replied replied = (Heard.Replied) heard;
        Answer answer = new Meaning(rail.traits()).of(replied.reply());
        return Deed.of(
                payout,
                payout.payout().answered(replied.attempt(), answer, rail.traits(), now),
                "provider",
                why(answer));
    }

    private static String why(Finding finding) {
        return finding instanceof Finding.Unclear unclear ? unclear.why() : "";
    }

    /** For people; codes of the provider and words of ours, never its messages. */
    private static String why(Answer answer) {
        if (answer instanceof Answer.NotSent none) return "not sent: " + none.why();
        if (answer instanceof Answer.Refused refused) return "refused: " + refused.code();
        if (answer instanceof Answer.OutOfFunds funds) return "out of funds: " + funds.code();
        if (answer instanceof Answer.KeyReused reused) return "key reused: " + reused.code();
        if (answer instanceof Answer.RailDown down) return "rail down: status " + down.status();
        if (answer instanceof Answer.Ambiguous doubt) return "in doubt: " + doubt.why();
        return answer instanceof Answer.InProgress ? "in progress" : "";
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The same in parts in which each payout stands once, in the order in which they came. */
    static List<List<Heard>> parts(List<Heard> heard, int most) {
        List<List<Heard>> parts = new ArrayList<>();
        for (Heard each : heard) {
            List<Heard> last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (last == null
                    || last.size() == most
                    || last.stream().anyMatch(other -> other.payoutId().equals(each.payoutId()))) {
                last = new ArrayList<>();
                parts.add(last);
            }
            last.add(each);
        }
        return parts;
    }
}
