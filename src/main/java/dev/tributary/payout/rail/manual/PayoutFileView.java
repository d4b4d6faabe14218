package dev.tributary.payout.rail.manual;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A file as staff see it. */
@Schema(name = "PayoutFile")
record PayoutFileView(
        @Schema(examples = "pyf_01h455vb4pex5vsknk084sn02q") String id,
        PayoutFile.Kind kind,
        @Schema(examples = "payouts-2026-11-21-0a1b2c3d4e5f.ach", description = "What it is saved as") String name,
        @Schema(examples = "212") int entries,
        Money total,
        @Schema(
                        examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        description = "Of its bytes, in hexadecimal: they are the same for ever")
                String sha256,
        @Schema(examples = "2026-11-25", nullable = true) @Nullable LocalDate effectiveOn,
        @Schema(
                        examples = "made",
                        enumeration = {"made", "settled"})
                String status,
        Instant madeAt,
        @Schema(nullable = true) @Nullable Instant settledAt) {

    static PayoutFileView of(PayoutFile file) {
        return new PayoutFileView(
                TypeId.PAYOUT_FILE.format(file.id()),
                file.kind(),
                file.name(),
                file.entries(),
                file.total(),
                file.sha256(),
                file.effectiveOn(),
                file.settledAt() == null ? "made" : "settled",
                file.madeAt(),
                file.settledAt());
    }

    /** One payout in a file, or on its way into one, without its account. */
    @Schema(name = "PayoutFileEntry")
    record Entry(
            @Schema(examples = "pyt_01h455vb4pex5vsknk084sn02q") String payoutId,
            @Schema(examples = "pyf_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String fileId,
            @Schema(
                            examples = "sent",
                            enumeration = {"waiting", "sent", "settled", "returned", "removed"})
                    String status,
            Money amount,
            @Schema(
                            examples = "us_ach",
                            enumeration = {"us_ach", "iban", "other"})
                    String kind,
            @Schema(examples = "EX5VSKNK084SN02", description = "What finds it on a bank statement") String reference,
            @Schema(examples = "091000010000001", nullable = true, description = "Of a NACHA file: what a return names")
                    @Nullable
                    String trace,
            @Schema(examples = "R03", description = "Why it came back, or empty") String code,
            @Schema(examples = "R03 no account, or not in that name") String note,
            Instant createdAt) {
        static Entry of(FileEntry entry) {
            return new Entry(
                    TypeId.PAYOUT.format(entry.payoutId()),
                    entry.fileId() == null ? null : TypeId.PAYOUT_FILE.format(entry.fileId()),
                    entry.state().word(),
                    entry.amount(),
                    entry.to().getString("kind", ""),
                    entry.reference(),
                    entry.trace(),
                    entry.code(),
                    entry.note(),
                    entry.createdAt());
        }
    }
}
