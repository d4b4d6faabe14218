package dev.tributary.payout.rail.manual;

import dev.tributary.id.Ids;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.manual.PayoutFile.Kind;
import dev.tributary.payout.rail.manual.nacha.NachaFile;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes files of what has gathered, and settles them. */
@ApplicationScoped
class PayoutFiles {
    /** Twelve digits are what the sum of a NACHA file has. */
    private static final long MOST_TOTAL = 999_999_999_999L;

    private final PayoutFileRepository files;
    private final FileEntryRepository entries;
    private final FileWriter writer;
    private final Ids ids;
    private final Clock clock;

    PayoutFiles(PayoutFileRepository files, FileEntryRepository entries, FileWriter writer, Ids ids, Clock clock) {
        this.files = files;
        this.entries = entries;
        this.writer = writer;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a file is to be made of. */
    record Wanted(Kind kind, String currency, @Nullable LocalDate effectiveOn) {}

    /**
     * Makes one of what waits, oldest first: at most {@value NachaFile#MOST_ENTRIES} entries, and what is left waits for the
     * next. 422 where nothing waits.
     */
    Uni<PayoutFile> make(SqlConnection tx, Wanted wanted, String by) {
        @Nullable String kind = wanted.kind == Kind.NACHA ? "us_ach" : null;
        LocalDateTime now = writer.now();
        return files.lock(tx)
                .chain(() -> entries.waiting(tx, wanted.currency, kind, NachaFile.MOST_ENTRIES))
                .map(PayoutFiles::fitting)
                .chain(found -> files.last(tx, now.toLocalDate())
                        .map(last -> wanted.kind == Kind.NACHA
                                ? writer.nacha(found, last, wanted.effectiveOn)
                                : writer.csv(found))
                        .chain(written ->
                                keep(tx, file(wanted, now.toLocalDate(), found, written, by), found, written)));
    }

    private static List<FileEntry> fitting(List<FileEntry> found) {
        long total = 0;
        int count = 0;
        while (count < found.size() && total + found.get(count).amount().amount() <= MOST_TOTAL)
            total += found.get(count++).amount().amount();
        if (count == 0) throw new Problem(ProblemKind.UNPROCESSABLE, "No payout waits for such a file");
        return found.subList(0, count);
    }

    private PayoutFile file(
            Wanted wanted, LocalDate day, List<FileEntry> found, FileWriter.Written written, String by) {
        UUID id = ids.next();
        long total = found.stream().mapToLong(entry -> entry.amount().amount()).sum();
        String extension = wanted.kind == Kind.NACHA ? "ach" : "csv";
        String name = "payouts-%s-%s.%s".formatted(day, id.toString().substring(24), extension);
        return new PayoutFile(
                id,
                wanted.kind,
                name,
                found.size(),
                new Money(total, wanted.currency),
                sha256(written.content()),
                day,
                written.modifier(),
                written.effectiveOn(),
                written.lastTrace(),
                by,
                now(),
                null,
                null);
    }

    private Uni<PayoutFile> keep(SqlConnection tx, PayoutFile file, List<FileEntry> found, FileWriter.Written written) {
        List<UUID> payouts = found.stream().map(FileEntry::payoutId).toList();
        return files.insert(tx, file, written.content())
                .chain(() -> entries.putIn(tx, file.id(), payouts, written.traces()))
                .map(put -> {
                    if (put != found.size()) throw new IllegalStateException("An entry left while it was locked");
                    return file;
                });
    }

    /** The file as it is settled, now or before. */
    Uni<PayoutFile> settle(SqlConnection tx, PayoutFile file, String by) {
        if (file.settledAt() != null) return Uni.createFrom().item(file);
        PayoutFile settled = file.settled(by, now());
        return files.settle(tx, settled).replaceWith(settled);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
