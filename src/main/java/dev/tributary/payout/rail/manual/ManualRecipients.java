package dev.tributary.payout.rail.manual;

import dev.tributary.payout.rail.DetailFields;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import dev.tributary.payout.rail.Recipients;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Where a person is to send money: a US bank account, an IBAN, or in words. No provider knows of it, so it can be paid at once. */
@ApplicationScoped
class ManualRecipients implements Recipients {
    private final ManualConfig config;

    ManualRecipients(ManualConfig config) {
        this.config = config;
    }

    /** How it is written; the rest of the fields follow from it. */
    private enum Kind {
        US_ACH,
        IBAN,
        OTHER
    }

    @Override
    public String rail() {
        return ManualRail.NAME;
    }

    @Override
    public boolean configured() {
        return config.enabled();
    }

    /**
     * {@code kind} us_ach with a bank account in USD; iban with {@code accountHolderName}, {@code iban}, {@code bic} if they like
     * and {@code currency}; other with {@code accountHolderName}, {@code instructions} and {@code currency}.
     */
    @Override
    public Details read(JsonObject sent) {
        DetailFields fields = new DetailFields(sent);
        Kind kind = fields.oneOf("kind", Kind.values());
        if (kind == Kind.IBAN) return iban(fields);
        if (kind == Kind.OTHER) return other(fields);
        String currency = fields.dollars();
        BankAccount account = BankAccount.read(fields);
        fields.done();
        return new Details(
                currency, account.hint(), account.json().put("kind", "us_ach").put("currency", currency));
    }

    private static String name(DetailFields fields) {
        return fields.text(
                "accountHolderName", "[^\\p{Cntrl}]{1,100}", "details.accountHolderName is 1 to 100 characters");
    }

    private static Details iban(DetailFields fields) {
        String currency = fields.currency();
        String name = name(fields);
        String iban =
                Iban.bare(fields.text("iban", "[A-Za-z0-9 ]{15,42}", "details.iban has 15 to 34 letters and digits"));
        String bic = fields.optional("bic", "[A-Z0-9]{8}([A-Z0-9]{3})?", "details.bic has 8 or 11 letters and digits");
        fields.check(iban.isEmpty() || Iban.isValid(iban), "iban", "invalid", "Its check digits are wrong");
        fields.done();
        JsonObject settled = new JsonObject()
                .put("kind", "iban")
                .put("currency", currency)
                .put("accountHolderName", name)
                .put("iban", iban)
                .put("bic", bic);
        return new Details(currency, "IBAN ending in " + iban.substring(iban.length() - 4), settled);
    }

    private static Details other(DetailFields fields) {
        String currency = fields.currency();
        String name = name(fields);
        String words =
                fields.text("instructions", "[^\\p{Cntrl}]{1,200}", "details.instructions is 1 to 200 characters");
        fields.done();
        JsonObject settled = new JsonObject()
                .put("kind", "other")
                .put("currency", currency)
                .put("accountHolderName", name)
                .put("instructions", words);
        return new Details(currency, "By hand", settled);
    }

    /** The destination is the details themselves. */
    @Override
    public Uni<Recipient> open(Details details, UUID key) {
        return Uni.createFrom().item(new Recipient(details.fields().encode(), State.ACTIVE, ""));
    }

    @Override
    public Uni<Recipient> check(String destination) {
        return Uni.createFrom().item(new Recipient(destination, State.ACTIVE, ""));
    }
}
