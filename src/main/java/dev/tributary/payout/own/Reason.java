package dev.tributary.payout.own;

import dev.tributary.payout.Bar;
import dev.tributary.payout.Trust;
import dev.tributary.problem.FieldError;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One reason why somebody is not paid now, as code and in words that they can act on. */
@Schema(name = "PayoutReason")
record Reason(
        @Schema(examples = "under_minimum") String code,
        @Schema(examples = "Your balance is below the minimum for a payout") String message) {
    private static final Map<Bar, String> BARS = new EnumMap<>(Map.ofEntries(
            Map.entry(Bar.NOT_ENROLLED, "You are not approved in this program"),
            Map.entry(Bar.SUSPENDED, "Your account is suspended"),
            Map.entry(Bar.HELD, "Your account is being looked into; payouts wait until that is over"),
            Map.entry(Bar.HIGH_RISK, "Your account is being looked into; payouts wait until that is over"),
            Map.entry(Bar.NOTHING_DUE, "There is no balance to pay out"),
            Map.entry(Bar.UNDER_MINIMUM, "Your balance is below the minimum for a payout"),
            Map.entry(Bar.NOTHING_LEFT, "After fees and withheld tax nothing would be left to send"),
            Map.entry(Bar.NO_METHOD, "You have not said where the money is to go"),
            Map.entry(Bar.METHOD_NOT_READY, "Your payout method cannot take this payout now"),
            Map.entry(Bar.COOLING, "Your payout method was changed a short while ago"),
            Map.entry(Bar.OTHER_CURRENCY, "Your payout method takes another currency than the program pays"),
            Map.entry(Bar.TAX_FORM_MISSING, "Your tax form is missing or not verified yet"),
            Map.entry(Bar.TAX_FORM_EXPIRED, "Your tax form has expired"),
            Map.entry(Bar.PAYOUT_OPEN, "A payout of yours is under way")));
    private static final Map<Trust.Lack, String> LACKS = new EnumMap<>(Map.of(
            Trust.Lack.TOO_NEW,
            "You have not been in the program for long enough",
            Trust.Lack.TOO_FEW_PAID_MONTHS,
            "You have not been paid in enough months yet",
            Trust.Lack.RISK_NOT_LOW,
            "Your account has not been rated as low risk",
            Trust.Lack.RECENT_FAILURE,
            "A payout of yours failed or came back a short while ago"));

    /** The program pays nobody in between. */
    static final Reason NOT_OFFERED = new Reason("not_offered", "This program does not offer it");

    static Reason of(Bar bar) {
        return new Reason(bar.word(), BARS.getOrDefault(bar, bar.word()));
    }

    static Reason of(Trust.Lack lack) {
        return new Reason(lack.word(), LACKS.getOrDefault(lack, lack.word()));
    }

    FieldError at(String field) {
        return new FieldError(field, code, message);
    }
}
