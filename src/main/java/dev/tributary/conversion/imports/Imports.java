package dev.tributary.conversion.imports;

import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.conversion.imports.ImportRepository.Noted;
import dev.tributary.conversion.track.OutcomeView;
import dev.tributary.conversion.track.TrackRow;
import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.program.Program;
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
import java.util.stream.Collectors;

/**
 * Stores the rows of an import, some hundred at a time: the conversions, the rows to look at and the place reached by one
 * transaction, so that none is stored twice and none is missing, whenever it is killed.
 */
@ApplicationScoped
class Imports {
    /** In a transaction: far within its deadline, and enough that the transaction itself no longer counts. */
    static final int AT_ONCE = 500;

    /** Noted rows of an import; who has more of them mends the file by the first and sends it again. */
    static final int MOST_NOTED = 100_000;

    private final ImportRepository repository;
    private final Conversions conversions;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    Imports(ImportRepository repository, Conversions conversions, Transactions transactions, Ids ids, Clock clock) {
        this.repository = repository;
        this.conversions = conversions;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Rows as they are read, those that tell something apart from those that are refused as they are. */
    static final class Chunk {
        private final Program program;
        private final Instant now;
        private final List<ImportRow> rows = new ArrayList<>();
        private final List<Long> eventRows = new ArrayList<>();
        private final List<Incoming> events = new ArrayList<>();
        private final List<Long> refundRows = new ArrayList<>();
        private final List<IncomingRefund> refunds = new ArrayList<>();
        private final List<TrackRow> refused = new ArrayList<>();

        Chunk(Program program, Instant now) {
            this.program = program;
            this.now = now;
        }

        /** Whether the row may still come in: one row may stand for up to a thousand. */
        boolean isFull() {
            return rows.size() >= AT_ONCE || events.size() + refunds.size() >= AT_ONCE;
        }

        boolean isEmpty() {
            return rows.isEmpty();
        }

        long size() {
            return rows.size();
        }

        /** Answers false, and leaves the row, where it would no longer fit into a batch. */
        boolean add(ImportRow row) {
            try {
                ImportRow.Told told = row.told(program.id(), program.currency(), now);
                if (events.size() + told.events().size() > Conversions.MOST) return false;
                told.events().forEach(event -> {
                    events.add(event);
                    eventRows.add(row.number());
                });
                if (told.refund() != null) {
                    refunds.add(told.refund());
                    refundRows.add(row.number());
                }
            } catch (Problem problem) {
                refused.add(TrackRow.of((int) row.number(), problem));
            }
            rows.add(row);
            return true;
        }

        private List<TrackRow> answers(List<Outcome> stored, List<RefundOutcome> back) {
            List<TrackRow> answers = new ArrayList<>(refused);
            for (int i = 0; i < stored.size(); i++)
                answers.add(TrackRow.of(eventRows.get(i).intValue(), stored.get(i)));
            for (int i = 0; i < back.size(); i++)
                answers.add(TrackRow.of(refundRows.get(i).intValue(), back.get(i)));
            return answers;
        }
    }

    /**
     * Stores a chunk that comes right after what is stored; answers whether it had to. A caller who never heard whether an
     * attempt was committed may try again: it waits for the earlier one, and finds what that has done.
     */
    Uni<Boolean> store(SqlConnection tx, ImportRecord kept, Chunk chunk, long rowsBefore, long bytesDone) {
        return repository.lock(tx, kept.id()).chain(found -> {
            long done = found.orElseThrow().rowsDone();
            if (done == rowsBefore + chunk.size()) return Uni.createFrom().item(false);
            if (done != rowsBefore) throw new IllegalStateException("Another run has imported these rows");
            return take(tx, chunk)
                    .chain(answers -> keep(tx, kept, chunk, answers, rowsBefore, bytesDone))
                    .replaceWith(true);
        });
    }

    /** What would become of a chunk: everything is done, and taken back. */
    Uni<List<TrackRow>> rehearse(Chunk chunk) {
        return transactions
                .run(tx -> take(tx, chunk).<List<TrackRow>>chain(answers -> {
                    throw new TakenBack(answers);
                }))
                .onFailure(TakenBack.class)
                .recoverWithItem(back -> ((TakenBack) back).answers);
    }

    /** The same, noted: only the import knows of it. */
    Uni<ImportCounts> rehearsed(
            SqlConnection tx, ImportRecord kept, Chunk chunk, List<TrackRow> answers, long rowsBefore, long bytesDone) {
        return keep(tx, kept, chunk, answers, rowsBefore, bytesDone);
    }

    private Uni<List<TrackRow>> take(SqlConnection tx, Chunk chunk) {
        return conversions
                .intake(tx, chunk.events)
                .chain(stored -> conversions.refund(tx, chunk.refunds).map(back -> chunk.answers(stored, back)));
    }

    private Uni<ImportCounts> keep(
            SqlConnection tx, ImportRecord kept, Chunk chunk, List<TrackRow> answers, long rowsBefore, long bytesDone) {
        ImportCounts counts = ImportCounts.of(answers);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<Long, ImportRow> byNumber = chunk.rows.stream().collect(Collectors.toMap(ImportRow::number, row -> row));
        List<Noted> noted = answers.stream()
                .filter(Imports::isWorthALook)
                .map(answer -> noted(answer, Objects.requireNonNull(byNumber.get((long) answer.row()))))
                .toList();
        return repository
                .noted(tx, kept.id(), MOST_NOTED)
                .map(before -> noted.subList(0, (int) Math.min(noted.size(), MOST_NOTED - before)))
                .chain(room -> repository.note(tx, kept.id(), room))
                .chain(() -> repository.advance(tx, kept.id(), rowsBefore + chunk.size(), bytesDone, counts, now))
                .replaceWith(counts);
    }

    private static boolean isWorthALook(TrackRow row) {
        return switch (row.result()) {
            case ACCEPTED, BOOKED, REPEATED -> false;
            case REJECTED, WAITING, REFUSED -> true;
        };
    }

    private Noted noted(TrackRow answer, ImportRow row) {
        OutcomeView stored = answer.conversion();
        UUID conversion = stored == null
                ? null
                : dev.tributary.id.TypeId.CONVERSION.parse(stored.id()).orElseThrow();
        String code = answer.code() != null
                ? answer.errors().isEmpty()
                        ? answer.code()
                        : answer.errors().get(0).code()
                : stored == null || stored.reason() == null
                        ? ""
                        : stored.reason().word();
        String detail = answer.detail() != null
                ? answer.detail()
                : stored == null || stored.reason() == null
                        ? ""
                        : stored.reason().sentence();
        return new Noted(ids.next(), answer.row(), answer.result().word(), row.externalId(), conversion, code, detail);
    }

    /** Carries the answers out of a transaction that shall leave no trace. */
    private static final class TakenBack extends RuntimeException {
        private final transient List<TrackRow> answers;

        TakenBack(List<TrackRow> answers) {
            super(null, null, false, false);
            this.answers = answers;
        }
    }
}
