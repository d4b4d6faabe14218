package dev.tributary.payout.rail.manual;

import dev.tributary.payout.rail.manual.PayoutFile.Kind;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a file is to be made of. */
@Schema(name = "PayoutFileInput", requiredProperties = "kind")
record PayoutFileInput(
        @Nullable Kind kind,
        @Schema(examples = "USD", description = "ISO 4217, USD if left out; a NACHA file holds nothing else") @Nullable
                String currency,
        @Schema(
                        examples = "2026-11-25",
                        format = "date",
                        description =
                                "Of a NACHA file: the banking day on which payees are to have it, two days ahead if left out")
                @Nullable
                String effectiveOn) {
    PayoutFiles.Wanted checked() {
        String money = currency == null ? "USD" : currency;
        FieldErrors errors = new FieldErrors()
                .require(kind != null, "kind", "required", "kind is nacha or csv")
                .require(money.matches("[A-Z]{3}"), "currency", "malformed", "currency is three capital letters");
        errors.done();
        boolean nacha = kind == Kind.NACHA;
        errors.allow(!nacha || money.equals("USD"), "currency", "unsupported", "A NACHA file holds US dollars")
                .allow(nacha || effectiveOn == null, "effectiveOn", "unsupported", "A CSV file has no effective day")
                .done();
        return new PayoutFiles.Wanted(nacha ? Kind.NACHA : Kind.CSV, money, day(effectiveOn));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        if (text == null) return null;
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.field("effectiveOn", "malformed", "effectiveOn is a day such as 2026-11-25");
        }
    }

    /** Why something is done to a file or to an entry. */
    @Schema(name = "PayoutFileReason", requiredProperties = "reason")
    record Reason(
            @Schema(examples = "R03", maxLength = 20, description = "Of a return: the bank's code") @Nullable
                    String code,
            @Schema(examples = "The bank knows no such account", maxLength = 300) @Nullable String reason) {
        private static final int MOST = 300;
        private static final String CODE = "[A-Za-z0-9_]{1,20}";

        Reason checked() {
            new FieldErrors()
                    .require(
                            reason != null && !reason.isBlank() && reason.length() <= MOST,
                            "reason",
                            "required",
                            "reason has 1 to 300 characters")
                    .require(
                            code == null || code.matches(CODE),
                            "code",
                            "malformed",
                            "code has 1 to 20 letters and digits")
                    .done();
            return new Reason(code == null ? "returned" : code, reason);
        }
    }
}
