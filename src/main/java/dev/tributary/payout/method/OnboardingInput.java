package dev.tributary.payout.method;

import dev.tributary.problem.FieldErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where the provider's page leads back to. */
@Schema(name = "PayoutOnboardingInput")
record OnboardingInput(
        @Schema(examples = "https://partners.example.com/payouts/done", description = "Where they come when it is done")
                @Nullable
                String returnUrl,
        @Schema(
                        examples = "https://partners.example.com/payouts/again",
                        description = "Where they come when the page is too old, to ask for a new one")
                @Nullable
                String refreshUrl) {
    private static final int MOST = 2_000;

    /** The two, checked. */
    record Pages(URI back, URI again) {}

    Pages checked() {
        Optional<URI> back = page(returnUrl);
        Optional<URI> again = page(refreshUrl);
        new FieldErrors()
                .require(
                        back.isPresent(), "returnUrl", "malformed", "returnUrl is an address that begins with https://")
                .require(
                        again.isPresent(),
                        "refreshUrl",
                        "malformed",
                        "refreshUrl is an address that begins with https://")
                .done();
        return new Pages(back.orElseThrow(), again.orElseThrow());
    }

    private static Optional<URI> page(@Nullable String text) {
        if (text == null || text.length() > MOST) return Optional.empty();
        try {
            URI page = new URI(text);
            boolean good = "https".equals(page.getScheme()) && page.getHost() != null && page.getUserInfo() == null;
            return good ? Optional.of(page) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
