package dev.tributary.analytics.statement;

import dev.tributary.id.TypeId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One month of one affiliate in one program, by when entries were booked, so that a month that is over never changes: what
 * there was, what moved, what there is, which is what the next month begins with.
 *
 * @param entries the first of them, in the order of booking
 * @param truncated whether there are more entries, which CSV has
 */
@Schema(name = "Statement")
record Statement(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "Ada Example") String affiliateName,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco") String programName,
        @Schema(examples = "2026-03") String month,
        @Schema(examples = "Europe/Berlin", description = "Where the month begins and ends") String timeZone,
        @Schema(examples = "2026-02-28T23:00:00Z") Instant from,
        @Schema(examples = "2026-03-31T22:00:00Z") Instant to,
        @Schema(description = "Whether the month is over: then this never changes") boolean closed,
        List<Part> currencies,
        List<StatementEntry> entries,
        @Schema(description = "Whether there are more entries than shown; CSV has them all") boolean truncated) {
    /** Transactions that began within the month have ended by then: none takes longer than some seconds. */
    static final Duration SETTLED = Duration.ofMinutes(1);

    Statement {
        currencies = List.copyOf(currencies);
        entries = List.copyOf(entries);
    }

    /** One currency; opening and movements make the closing. */
    @Schema(name = "StatementCurrency")
    record Part(
            @Schema(examples = "EUR", description = "ISO 4217") String currency,
            Holdings opening,
            List<Movement> movements,
            Holdings closing) {
        Part {
            movements = List.copyOf(movements);
        }

        /** One time of those that the movements tell of. */
        static Part of(Movements all, int time) {
            List<Movement> movements = all.in(time).stream()
                    .map(sum -> new Movement(sum.kind(), sum.entries(), sum.change()))
                    .toList();
            return new Part(all.currency(), all.opening(time), movements, all.closing(time));
        }
    }

    /** All entries of one kind. */
    @Schema(name = "StatementMovement")
    record Movement(
            @Schema(
                            examples = "earn",
                            description = "earn, release, reverse, adjust, reserve, paid, failed or returned")
                    String kind,
            @Schema(examples = "12", description = "How many") long entries,
            Holdings change) {}

    /** @param found one more than is shown where there are more */
    static Statement of(Account account, Month month, List<Movements> all, List<StatementEntry> found, int most) {
        List<Part> parts = all.stream().map(each -> Part.of(each, 1)).toList();
        // Somebody who was never owed anything has a statement too, of nothing.
        if (parts.isEmpty())
            parts = List.of(new Part(account.currency(), Holdings.NOTHING, List.of(), Holdings.NOTHING));
        return new Statement(
                TypeId.AFFILIATE.format(account.affiliateId()),
                account.holder(),
                TypeId.PROGRAM.format(account.programId()),
                account.program(),
                month.of().toString(),
                account.zone().getId(),
                month.from(),
                month.to(),
                month.closed(),
                parts,
                found.subList(0, Math.min(most, found.size())),
                found.size() > most);
    }

    /** A month somewhere, and whether it is over. */
    record Month(YearMonth of, Instant from, Instant to, boolean closed) {
        static Month in(ZoneId zone, YearMonth month, Instant now) {
            Instant to = start(zone, month.plusMonths(1));
            return new Month(month, start(zone, month), to, !now.isBefore(to.plus(SETTLED)));
        }

        static Instant start(ZoneId zone, YearMonth month) {
            return month.atDay(1).atStartOfDay(zone).toInstant();
        }
    }
}
