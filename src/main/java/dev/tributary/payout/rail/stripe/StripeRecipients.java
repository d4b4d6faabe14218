package dev.tributary.payout.rail.stripe;

import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountCreateParams.BusinessType;
import com.stripe.param.AccountCreateParams.Capabilities;
import com.stripe.param.AccountCreateParams.TosAcceptance;
import com.stripe.param.AccountLinkCreateParams;
import dev.tributary.payout.rail.DetailFields;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.stripe.StripeAnswer;
import dev.tributary.stripe.StripeCall;
import dev.tributary.stripe.StripeCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Connected accounts of Stripe's Express kind: Stripe asks their owners for bank and identity, we never see either. */
@ApplicationScoped
class StripeRecipients implements Recipients {
    /** An affiliate waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StripePayoutConfig config;
    private final StripeCalls calls;

    StripeRecipients(StripePayoutConfig config, StripeCalls calls) {
        this.config = config;
        this.calls = calls;
    }

    private enum Business {
        INDIVIDUAL,
        COMPANY
    }

    @Override
    public String rail() {
        return StripeRail.NAME;
    }

    @Override
    public boolean configured() {
        return config.enabled() && calls.configured();
    }

    /** {@code country}, {@code currency}, {@code businessType} individual or company, and {@code email} if they like. */
    @Override
    public Details read(JsonObject sent) {
        DetailFields fields = new DetailFields(sent);
        String country = fields.country();
        String currency = fields.currency();
        Business business = fields.oneOf("businessType", Business.values());
        String email = fields.optional("email", "[^@\\s]+@[^@\\s]+", "details.email is an e-mail address");
        fields.done();
        JsonObject settled = new JsonObject()
                .put("country", country)
                .put("currency", currency)
                .put("businessType", business.name().toLowerCase(Locale.ROOT));
        if (!email.isEmpty()) settled.put("email", email);
        return new Details(currency, "Stripe account, " + country, settled);
    }

    @Override
    public Uni<Recipient> open(Details details, UUID key) {
        AccountCreateParams params = account(details.fields(), key);
        return ask(StripeCall.once(
                "account.create",
                "account/" + key,
                PATIENCE,
                (client, options) -> json(client.v1().accounts().create(params, options))));
    }

    private AccountCreateParams account(JsonObject fields, UUID key) {
        String country = fields.getString("country");
        boolean company = "company".equals(fields.getString("businessType"));
        Capabilities.Transfers transfers =
                Capabilities.Transfers.builder().setRequested(true).build();
        AccountCreateParams.Builder params = AccountCreateParams.builder()
                .setType(AccountCreateParams.Type.EXPRESS)
                .setCountry(country)
                .setBusinessType(company ? BusinessType.COMPANY : BusinessType.INDIVIDUAL)
                .setCapabilities(Capabilities.builder().setTransfers(transfers).build())
                .putMetadata("payout_method", key.toString());
        if (fields.containsKey("email")) params.setEmail(fields.getString("email"));
        if (!country.equals(config.country()))
            params.setTosAcceptance(
                    TosAcceptance.builder().setServiceAgreement("recipient").build());
        return params.build();
    }

    @Override
    public Uni<Recipient> check(String destination) {
        return ask(StripeCall.repeatable(
                "account.retrieve",
                PATIENCE,
                (client, options) -> json(client.v1().accounts().retrieve(destination, options))));
    }

    private Uni<Recipient> ask(StripeCall<JsonObject> call) {
        return calls.send(call).map(answer -> StripeAccounts.recipient(told(answer)));
    }

    private static JsonObject json(Account account) {
        return new JsonObject(account.getLastResponse().body());
    }

    @Override
    public Uni<Onboarding> onboard(String destination, URI returnUrl, URI refreshUrl) {
        AccountLinkCreateParams params = AccountLinkCreateParams.builder()
                .setAccount(destination)
                .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
                .setReturnUrl(returnUrl.toString())
                .setRefreshUrl(refreshUrl.toString())
                .build();
        StripeCall<AccountLink> call =
                StripeCall.repeatable("account_link.create", PATIENCE, (client, options) -> client.v1()
                        .accountLinks()
                        .create(params, options));
        return calls.send(call)
                .map(StripeRecipients::told)
                .map(link -> new Onboarding(URI.create(link.getUrl()), Instant.ofEpochSecond(link.getExpiresAt())));
    }

    /** What was answered; what Stripe refuses for what it is is the affiliate's to mend, everything else is not. */
    private static <T> T told(StripeAnswer<T> answer) {
        if (answer instanceof StripeAnswer.Refused<T> refused && !refused.denied())
            throw Problem.value("details", "refused", "Stripe refuses it: " + refused.told());
        return answer.value()
                .orElseThrow(() -> new Problem(ProblemKind.UNAVAILABLE, "Stripe cannot be asked now; try again"));
    }
}
