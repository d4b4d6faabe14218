package dev.tributary.payout;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of payouts comes to, added up line by line: whom it pays and what, who is left out and why. A dry run prints it;
 * its size does not grow with the run.
 */
public final class RunSheet {
    private final Map<String, Sum> paid = new TreeMap<>();
    private final Map<Bar, Long> barred = new EnumMap<>(Bar.class);
    private long seen;
    private long leftOut;
    private long byHand;

    /** Payouts of one currency. */
    public record Sum(long count, long gross, long fees, long withheld) {
        static final Sum NOTHING = new Sum(0, 0, 0, 0);

        Sum and(Amounts more) {
            return new Sum(
                    count + 1,
                    Math.addExact(gross, more.gross()),
                    Math.addExact(fees, more.fee()),
                    Math.addExact(withheld, more.withheld()));
        }

        /** What is sent. */
        public long net() {
            return gross - fees - withheld;
        }
    }

    /** As a run's row keeps it: goes on from there. */
    static RunSheet of(long seen, long leftOut, long byHand, JsonObject sums, JsonObject barred) {
        RunSheet sheet = new RunSheet();
        sheet.seen = seen;
        sheet.leftOut = leftOut;
        sheet.byHand = byHand;
        for (String currency : sums.fieldNames()) {
            JsonObject sum = sums.getJsonObject(currency);
            sheet.paid.put(
                    currency,
                    new Sum(sum.getLong("count"), sum.getLong("gross"), sum.getLong("fees"), sum.getLong("withheld")));
        }
        for (String word : barred.fieldNames())
            sheet.barred.put(Bar.valueOf(word.toUpperCase(Locale.ROOT)), barred.getLong(word));
        return sheet;
    }

    JsonObject sumsAsJson() {
        JsonObject sums = new JsonObject();
        paid.forEach((currency, sum) -> sums.put(
                currency,
                new JsonObject()
                        .put("count", sum.count())
                        .put("gross", sum.gross())
                        .put("fees", sum.fees())
                        .put("withheld", sum.withheld())));
        return sums;
    }

    JsonObject barredAsJson() {
        JsonObject words = new JsonObject();
        barred.forEach((bar, count) -> words.put(bar.word(), count));
        return words;
    }

    /** How many were looked at. */
    public long seen() {
        return seen;
    }

    public long leftOut() {
        return leftOut;
    }

    /** How many of those who are paid somebody has to approve. */
    public long byHand() {
        return byHand;
    }

    /** Somebody who is paid. */
    public void pay(Amounts amounts, Approval approval) {
        seen++;
        if (!approval.isAutomatic()) byHand++;
        paid.put(
                amounts.currency(),
                paid.getOrDefault(amounts.currency(), Sum.NOTHING).and(amounts));
    }

    /** Somebody who is not, for each of the reasons. */
    public void leaveOut(List<Bar> bars) {
        if (bars.isEmpty()) throw new IllegalArgumentException("Nobody is left out without a reason");
        seen++;
        leftOut++;
        bars.forEach(bar -> barred.merge(bar, 1L, Long::sum));
    }

    public Map<String, Sum> paid() {
        return Map.copyOf(paid);
    }

    /** By reason; who has two counts twice. */
    public Map<Bar, Long> barred() {
        return Map.copyOf(barred);
    }

    /** For people: a line a currency, a line a reason. */
    public String told() {
        StringBuilder text = new StringBuilder();
        text.append("%d looked at, %d paid, %d of them after somebody approves, %d left out%n"
                .formatted(seen, seen - leftOut, byHand, leftOut));
        paid.forEach((currency, sum) ->
                text.append("%s: %d payouts, %d minor units, of which %d fees, %d withheld, %d sent%n"
                        .formatted(currency, sum.count(), sum.gross(), sum.fees(), sum.withheld(), sum.net())));
        barred.forEach((bar, count) -> text.append("%s: %d%n".formatted(bar.word(), count)));
        return text.toString();
    }
}
