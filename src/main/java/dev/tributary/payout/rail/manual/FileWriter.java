package dev.tributary.payout.rail.manual;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.payout.rail.Decimals;
import dev.tributary.payout.rail.manual.nacha.BankingDays;
import dev.tributary.payout.rail.manual.nacha.NachaEntry;
import dev.tributary.payout.rail.manual.nacha.NachaFile;
import dev.tributary.payout.rail.manual.nacha.NachaOriginator;
import dev.tributary.payout.rail.manual.nacha.RoutingNumber;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the entries of one file as a bank takes them. */
@ApplicationScoped
class FileWriter {
    /** Two banking days are what every bank gives itself for credits that are not urgent. */
    private static final int DAYS = 2;
    /** Later is a mistake in the date. */
    private static final int LATEST = 30;

    private static final Csv<FileEntry> CSV = new Csv<>(
            List.of(
                    "reference",
                    "payoutId",
                    "accountHolderName",
                    "kind",
                    "routingNumber",
                    "accountNumber",
                    "accountType",
                    "iban",
                    "bic",
                    "instructions",
                    "amount",
                    "currency"),
            entry -> List.of(
                    entry.reference(),
                    TypeId.PAYOUT.format(entry.payoutId()),
                    entry.to().getString("accountHolderName", ""),
                    entry.to().getString("kind", ""),
                    entry.to().getString("routingNumber", ""),
                    entry.to().getString("accountNumber", ""),
                    entry.to().getString("accountType", ""),
                    entry.to().getString("iban", ""),
                    entry.to().getString("bic", ""),
                    entry.to().getString("instructions", ""),
                    Decimals.of(entry.amount()),
                    entry.amount().currency()));

    private final ManualConfig config;
    private final Clock clock;

    FileWriter(ManualConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * A file that was written.
     *
     * @param traces of the entries in their order; "" where they have none
     */
    record Written(
            byte[] content,
            List<String> traces,
            @Nullable String modifier,
            @Nullable LocalDate effectiveOn,
            @Nullable Integer lastTrace) {}

    LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneId.of(config.zone()));
    }

    Written csv(List<FileEntry> entries) {
        byte[] content = CSV.whole(entries).getBytes(StandardCharsets.UTF_8);
        return new Written(content, entries.stream().map(entry -> "").toList(), null, null, null);
    }

    /** Fails with a {@link Problem}: 422 where the settings lack something, or there are 26 files of that day. */
    Written nacha(List<FileEntry> entries, PayoutFileRepository.Last last, @Nullable LocalDate effective) {
        LocalDateTime now = now();
        LocalDate day = effective(effective, now.toLocalDate());
        char modifier = last.modifier() == null ? 'A' : (char) (last.modifier().charAt(0) + 1);
        if (modifier > 'Z') throw refused("There are 26 files of today, which is all that a bank tells apart");
        int free = last.trace() == null ? 0 : last.trace() + 1;
        int first = free > NachaFile.TRACES - entries.size() ? 0 : free;
        List<NachaEntry> lines = entries.stream()
                .map(entry -> BankAccount.of(entry.to()).entry(entry.amount().amount(), entry.reference()))
                .toList();
        NachaFile file = NachaFile.of(originator(), now, modifier, day, first, lines);
        byte[] content = file.text().getBytes(StandardCharsets.US_ASCII);
        return new Written(content, file.traces(), String.valueOf(modifier), day, first + entries.size() - 1);
    }

    private static LocalDate effective(@Nullable LocalDate asked, LocalDate today) {
        if (asked == null) return BankingDays.after(today, DAYS);
        boolean sound = asked.isAfter(today) && asked.isBefore(today.plusDays(LATEST)) && BankingDays.isOpen(asked);
        if (!sound)
            throw Problem.value(
                    "effectiveOn",
                    "not_a_banking_day",
                    "effectiveOn is a banking day within the next " + LATEST + " days");
        return asked;
    }

    private NachaOriginator originator() {
        try {
            return new NachaOriginator(
                    new RoutingNumber(given(config.nachaBank(), "BANK")),
                    given(config.nachaBankName(), "BANK_NAME"),
                    given(config.nachaFileId(), "FILE_ID"),
                    given(config.nachaName(), "NAME"),
                    given(config.nachaCompanyName(), "COMPANY_NAME"),
                    given(config.nachaCompanyId(), "COMPANY_ID"),
                    config.nachaDescription());
        } catch (IllegalArgumentException wrong) {
            throw refused("The settings of NACHA files are wrong: " + wrong.getMessage());
        }
    }

    private static String given(Optional<String> setting, String name) {
        return setting.orElseThrow(() -> refused("TRIBUTARY_PAYOUT_MANUAL_NACHA_" + name + " is not set"));
    }

    private static Problem refused(String why) {
        return new Problem(ProblemKind.UNPROCESSABLE, why);
    }
}
