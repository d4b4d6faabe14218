package dev.tributary.payout;

import dev.tributary.payout.PayoutState.Approved;
import dev.tributary.payout.PayoutState.Canceled;
import dev.tributary.payout.PayoutState.Failed;
import dev.tributary.payout.PayoutState.Paid;
import dev.tributary.payout.PayoutState.Requested;
import dev.tributary.payout.PayoutState.Returned;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Submitted;
import dev.tributary.payout.PayoutState.Unknown;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A payout as columns: what is read of a row, and what statements take as one JSON object a row. */
final class PayoutRow {
    private PayoutRow() {}

    static StoredPayout read(Row row, Transfers transfers) {
        Amounts amounts = new Amounts(
                row.getLong("gross_minor"),
                row.getLong("fee_minor"),
                row.getLong("withheld_minor"),
                row.getString("currency"));
        Booked booked = new Booked(
                row.getLong("settled_minor"),
                row.getLong("returned_minor"),
                row.getLong("overpaid_minor"),
                row.getInteger("corrections"));
        return new StoredPayout(
                new Payout(row.getUUID("id"), amounts, row.getString("hold"), state(row), transfers, booked),
                row.getUUID("run_id"),
                row.getString("kind"),
                new StoredPayout.Owner(
                        row.getUUID("program_id"), row.getUUID("enrollment_id"), row.getUUID("affiliate_id")),
                row.getString("rail"),
                row.getUUID("method_id"),
                row.getShort("people"),
                List.of(row.getArrayOfStrings("approval_reasons")),
                row.getString("requested_by"),
                frozen(row),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static PayoutState state(Row row) {
        String word = row.getString("state");
        return switch (word) {
            case "requested" -> new Requested();
            case "approved" -> new Approved();
            case "submitted" -> new Submitted(attempts(row));
            case "unknown" -> new Unknown(attempts(row));
            case "paid" -> new Paid();
            case "failed" -> new Failed(row.getString("reason"));
            case "canceled" -> new Canceled(row.getString("reason"));
            case "returned" -> new Returned();
            default -> throw new IllegalStateException("A payout cannot be " + word);
        };
    }

    private static Attempts attempts(Row row) {
        String ask = row.getString("ask");
        return new Attempts(
                row.getInteger("attempts"),
                row.getOffsetDateTime("first_at").toInstant(),
                row.getOffsetDateTime("send_not_after").toInstant(),
                row.getBoolean("attempt_open"),
                row.getBoolean("doubtful"),
                row.getBoolean("spent"),
                row.getInteger("absences"),
                instant(row.getOffsetDateTime("absent_at")),
                row.getOffsetDateTime("not_before").toInstant(),
                ask == null ? null : Ask.valueOf(ask.toUpperCase(Locale.ROOT)),
                row.getBoolean("ordered"));
    }

    private static Optional<Frozen> frozen(Row row) {
        String key = row.getString("key");
        if (key == null) return Optional.empty();
        return Optional.of(new Frozen(
                key,
                row.getBuffer("destination").getBytes(),
                row.getBuffer("body").getBytes(),
                row.getBoolean("wrapped")));
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }

    static Transfer transfer(Row row) {
        return new Transfer(
                row.getString("transfer_id"),
                Transfer.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getLong("moved_minor"),
                row.getString("currency"),
                row.getLong("reversed_minor"),
                row.getString("code"),
                row.getOffsetDateTime("as_of").toInstant());
    }

    /** A new payout, which is requested or approved. */
    static JsonObject made(NewPayout as, Next next, Instant now) {
        StoredPayout made = as.payout();
        Amounts amounts = made.payout().amounts();
        return next(new JsonObject(), next, Optional.empty())
                .put("id", made.id().toString())
                .put("run_id", text(made.runId()))
                .put("kind", made.kind())
                .put("program_id", made.owner().programId().toString())
                .put("enrollment_id", made.owner().enrollmentId().toString())
                .put("affiliate_id", made.owner().affiliateId().toString())
                .put("rail", made.rail())
                .put("method_id", made.methodId().toString())
                .put("gross_minor", amounts.gross())
                .put("fee_minor", amounts.fee())
                .put("withheld_minor", amounts.withheld())
                .put("currency", amounts.currency())
                .put("minimum_minor", as.minimumMinor())
                .put("paper", as.paper())
                .put("state", made.payout().state().word())
                .put("people", made.people())
                .put("approval_reasons", new JsonArray(made.reasons()))
                .put("requested_by", made.requestedBy())
                .put("at", now.toString());
    }

    /** What a deed leaves; columns of an ended payout's attempts stay as they were. */
    static JsonObject changed(Deed deed, Next next, Instant now) {
        Payout payout = deed.step().payout();
        Booked booked = payout.booked();
        JsonObject row = next(new JsonObject(), next, deed.notBefore())
                .put("id", payout.id().toString())
                .put("state", payout.state().word())
                .put("hold", payout.hold())
                .put("reason", reason(payout.state()))
                .put("rail", deed.before().rail())
                .put("method_id", deed.before().methodId().toString())
                .put("settled_minor", booked.settled())
                .put("returned_minor", booked.returned())
                .put("overpaid_minor", booked.overpaid())
                .put("corrections", booked.corrections());
        deed.before().frozen().ifPresent(frozen -> row.put("key", frozen.key())
                .put("destination", hex(frozen.destination()))
                .put("body", hex(frozen.body()))
                .put("wrapped", frozen.wrapped()));
        if (payout.state() instanceof Sent sent) attempts(row, sent.attempts());
        else if (deed.isClaim()) {
            attempts(row, Attempts.first(now));
            row.put("attempt_open", false);
        }
        return row;
    }

    private static void attempts(JsonObject row, Attempts attempts) {
        row.put("attempts", attempts.count())
                .put("first_at", attempts.first().toString())
                .put("send_not_after", attempts.sendNotAfter().toString())
                .put("attempt_open", attempts.open())
                .put("doubtful", attempts.doubtful())
                .put("spent", attempts.spent())
                .put("absences", attempts.absences())
                .put("absent_at", text(attempts.absentAt()))
                .put("not_before", attempts.notBefore().toString())
                .put("ask", attempts.ask() == null ? null : attempts.ask().word())
                .put("ordered", attempts.ordered());
    }

    private static JsonObject next(JsonObject row, Next next, Optional<Instant> notBefore) {
        return row.put("next_kind", kind(next)).put("next_at", text(at(next, notBefore)));
    }

    private static String kind(Next next) {
        if (next instanceof Next.Send) return "send";
        if (next instanceof Next.LookUp) return "look_up";
        if (next instanceof Next.GiveUpWaiting) return "give_up_waiting";
        return next instanceof Next.AskPerson ? "ask_person" : "nothing";
    }

    private static @Nullable Instant at(Next next, Optional<Instant> notBefore) {
        Instant planned = null;
        if (next instanceof Next.Send send) planned = send.at();
        if (next instanceof Next.LookUp look) planned = look.at();
        if (next instanceof Next.GiveUpWaiting wait) planned = wait.at();
        if (planned == null) return null;
        Instant at = planned.truncatedTo(ChronoUnit.MICROS);
        return notBefore.filter(later -> later.isAfter(at)).orElse(at);
    }

    private static String reason(PayoutState state) {
        if (state instanceof Failed failed) return cut(failed.reason());
        return state instanceof Canceled canceled ? cut(canceled.reason()) : "";
    }

    private static String cut(String reason) {
        return reason.substring(0, Math.min(reason.length(), Deed.MOST_REASON));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
