package dev.tributary.payout.rail.manual;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.manual.nacha.NachaEntry;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Payouts that a person carries out. Sending one gathers it in our own database, where its id is known for ever; it is pending
 * until the file that it left in is settled.
 */
@ApplicationScoped
class ManualRail implements Rail, Listing {
    static final String NAME = "manual";
    /** Fixed for ever: it owns the clearing account. */
    static final UUID CLEARING = UUID.fromString("c1a0c1e0-0000-4000-8000-000000000004");

    /** Longer than anything is kept: a row does not forget. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    /** What people do here is told at once; asking is for what was told while nobody listened. */
    private static final Duration POLL = Duration.ofHours(1);

    private static final String REUSED = "key_reused";
    private static final Traits TRAITS =
            new Traits(FOR_EVER, true, true, POLL, new Traits.Codes(Set.of(), Set.of(), Set.of(REUSED), Set.of()));
    private static final UUID BOTTOM = new UUID(0, 0);

    private final ManualConfig config;
    private final FileEntryRepository entries;
    private final Transactions transactions;
    private final Clock clock;

    ManualRail(ManualConfig config, FileEntryRepository entries, Transactions transactions, Clock clock) {
        this.config = config;
        this.entries = entries;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String rail() {
        return NAME;
    }

    @Override
    public UUID clearing() {
        return CLEARING;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public boolean configured() {
        return config.enabled();
    }

    @Override
    public int perSecond() {
        return config.perSecond();
    }

    /** What an entry of a NACHA file holds, whatever the payout leaves in. */
    @Override
    public boolean takes(Money amount) {
        return amount.amount() <= NachaEntry.MOST_CENTS;
    }

    @Override
    public Instruction freeze(Order order) {
        JsonObject body = new JsonObject()
                .put("amount", order.amount().amount())
                .put("currency", order.amount().currency())
                .put("to", new JsonObject(order.destination()));
        return new Instruction(order.payoutId(), order.amount(), order.destination(), order.key(), body.encode());
    }

    @Override
    public Uni<Reply> send(Instruction instruction, Deadline deadline) {
        if (!configured()) return Uni.createFrom().item(new Reply.NotWritten("the rail is shut off"));
        UUID payout = instruction.payoutId();
        JsonObject to = new JsonObject(instruction.destination());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions
                .run(tx -> {
                    if (deadline.hasPassed()) throw new Passed();
                    return entries.add(tx, payout, instruction.amount(), to, now)
                            .chain(() -> entries.find(tx, payout));
                })
                .map(found -> reply(found.orElseThrow(), instruction))
                .onFailure(Passed.class)
                .recoverWithItem(new Reply.NotWritten("the deadline has passed"))
                .onFailure()
                .recoverWithItem(failure -> new Reply.Silence(failure.getClass().getSimpleName()));
    }

    private static Reply reply(FileEntry entry, Instruction instruction) {
        boolean same = entry.amount().equals(instruction.amount());
        return same
                ? new Reply.Answered(200, new Body.Row(entry.transfer()))
                : new Reply.Answered(409, new Body.Failure(REUSED));
    }

    @Override
    public Uni<Finding> lookUp(Instruction instruction, List<String> transferIds) {
        return transactions
                .read(c -> entries.find(c, instruction.payoutId()))
                .<Finding>map(found -> found.isEmpty()
                        ? new Finding.Absent()
                        : new Finding.Found(List.of(found.get().transfer())))
                .onFailure()
                .recoverWithItem(
                        failure -> new Finding.Unclear(failure.getClass().getSimpleName()));
    }

    @Override
    public Uni<Page> list(Instant from, Instant to, Optional<String> at) {
        UUID after = at.map(UUID::fromString).orElse(BOTTOM);
        return transactions.read(c -> entries.created(c, from, to, after, PAGE)).map(ManualRail::page);
    }

    private static Page page(List<FileEntry> found) {
        List<Listed> listed = found.stream()
                .map(entry -> new Listed(entry.transfer(), Optional.of(entry.payoutId())))
                .toList();
        boolean more = found.size() == PAGE;
        return new Page(
                listed, more ? Optional.of(found.get(PAGE - 1).payoutId().toString()) : Optional.empty());
    }

    /** Nobody tells but people, whose word is taken where they give it. */
    @Override
    public Optional<Notice> read(JsonObject event) {
        return Optional.empty();
    }

    private static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Passed() {
            super(null, null, false, false);
        }
    }
}
