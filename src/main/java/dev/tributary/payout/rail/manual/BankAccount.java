package dev.tributary.payout.rail.manual;

import dev.tributary.payout.rail.DetailFields;
import dev.tributary.payout.rail.manual.nacha.NachaEntry;
import dev.tributary.payout.rail.manual.nacha.NachaEntry.Holder;
import dev.tributary.payout.rail.manual.nacha.NachaEntry.Kind;
import dev.tributary.payout.rail.manual.nacha.RoutingNumber;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A bank account in the United States, as its owner tells it. */
public record BankAccount(String name, Holder holder, String routing, String account, Kind kind) {
    private static final String NAME = "[^\\p{Cntrl}]{1,100}";

    /** Notes every wrong field; what it gives then is worth nothing, and {@link DetailFields#done} says so. */
    public static BankAccount read(DetailFields fields) {
        String name = fields.text("accountHolderName", NAME, "details.accountHolderName is at most 100 characters");
        Holder holder = fields.oneOf("accountHolderType", Holder.values());
        String routing = fields.text("routingNumber", "[0-9]{9}", "details.routingNumber has nine digits");
        String account = fields.text(
                "accountNumber",
                "[A-Za-z0-9][A-Za-z0-9 -]{0,16}",
                "details.accountNumber has 1 to 17 letters, digits, hyphens and blanks");
        Kind kind = fields.oneOf("accountType", Kind.values());
        boolean bank = routing.isEmpty() || RoutingNumber.isValid(routing);
        fields.check(bank, "routingNumber", "invalid", "No bank has this number: its check digit is wrong");
        return new BankAccount(name, holder, routing, account, kind);
    }

    static BankAccount of(JsonObject json) {
        return new BankAccount(
                json.getString("accountHolderName"),
                Holder.valueOf(json.getString("accountHolderType").toUpperCase(Locale.ROOT)),
                json.getString("routingNumber"),
                json.getString("accountNumber"),
                Kind.valueOf(json.getString("accountType").toUpperCase(Locale.ROOT)));
    }

    public JsonObject json() {
        return new JsonObject()
                .put("accountHolderName", name)
                .put("accountHolderType", holder.name().toLowerCase(Locale.ROOT))
                .put("routingNumber", routing)
                .put("accountNumber", account)
                .put("accountType", kind.name().toLowerCase(Locale.ROOT));
    }

    /** The kind of account and its last four characters; of a very short number fewer, so that it is not told whole. */
    public String hint() {
        int shown = Math.min(4, account.length() / 2);
        return "Bank account, %s, ending in %s"
                .formatted(kind.name().toLowerCase(Locale.ROOT), account.substring(account.length() - shown));
    }

    NachaEntry entry(long cents, String reference) {
        return new NachaEntry(holder, new RoutingNumber(routing), account, kind, cents, reference, name);
    }
}
