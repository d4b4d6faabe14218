package dev.tributary.promo;

import dev.tributary.promo.CheckoutRequest.LineItem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a merchant says of the Checkout Session that it wants; Stripe checks what only Stripe can know. */
record SessionOptions(
        boolean subscription,
        List<LineItem> lineItems,
        String successUrl,
        @Nullable String cancelUrl,
        @Nullable String customer,
        @Nullable String clientReferenceId,
        Map<String, String> metadata) {
    private static final int MOST_ITEMS = 100;
    private static final int MOST_QUANTITY = 999_999;
    private static final int MOST_ENTRIES = 20;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_ID = 255;

    SessionOptions {
        lineItems = List.copyOf(lineItems);
        metadata = Map.copyOf(metadata);
    }

    static SessionOptions read(ApplyInput.Session s, ApplyFields fields) {
        String at = "checkoutSession.";
        fields.require(
                "payment".equals(s.mode()) || "subscription".equals(s.mode()),
                at + "mode",
                "unknown_value",
                "mode is payment or subscription");
        return new SessionOptions(
                "subscription".equals(s.mode()),
                items(s, fields),
                Objects.requireNonNullElse(url(at + "successUrl", s.successUrl(), true, fields), ""),
                url(at + "cancelUrl", s.cancelUrl(), false, fields),
                fields.text(at + "customer", s.customer(), LONGEST_ID),
                fields.text(at + "clientReferenceId", s.clientReferenceId(), Applying.MOST_CHARACTERS),
                metadata(s, fields));
    }

    private static List<LineItem> items(ApplyInput.Session s, ApplyFields fields) {
        List<ApplyInput.@Nullable SessionItem> given = Objects.requireNonNullElse(s.lineItems(), List.of());
        fields.require(
                !given.isEmpty() && given.size() <= MOST_ITEMS,
                "checkoutSession.lineItems",
                "out_of_range",
                "lineItems are 1 to " + MOST_ITEMS);
        List<LineItem> items = new ArrayList<>();
        for (int i = 0; i < Math.min(given.size(), MOST_ITEMS); i++) {
            String at = "checkoutSession.lineItems[" + i + "]";
            ApplyInput.SessionItem item = given.get(i);
            fields.require(item != null, at, "required", "A line item is an object");
            if (item == null) continue;
            int quantity = Objects.requireNonNullElse(item.quantity(), 1);
            if (quantity < 1 || quantity > MOST_QUANTITY)
                fields.cannot(at + ".quantity", "out_of_range", "quantity is 1 to " + MOST_QUANTITY);
            items.add(new LineItem(fields.required(at + ".price", item.price(), LONGEST_ID), quantity));
        }
        return items;
    }

    /** The session's id may stand in it as {@code {CHECKOUT_SESSION_ID}}, which is no URL until it is filled in. */
    private static @Nullable String url(String name, @Nullable String text, boolean needed, ApplyFields fields) {
        String url = needed ? fields.required(name, text, LONGEST_URL) : fields.text(name, text, LONGEST_URL);
        if (url == null || url.isEmpty()) return null;
        fields.require(
                isWeb(url.replace("{CHECKOUT_SESSION_ID}", "id")), name, "malformed", name + " is a web address");
        return url;
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Map<String, String> metadata(ApplyInput.Session s, ApplyFields fields) {
        Map<String, @Nullable String> given = Objects.requireNonNullElse(s.metadata(), Map.of());
        Map<String, String> kept = new HashMap<>();
        boolean fits = given.size() <= MOST_ENTRIES && !given.containsKey(CheckoutRequest.METADATA);
        for (Map.Entry<String, @Nullable String> entry : given.entrySet()) {
            String value = entry.getValue();
            fits &= value != null
                    && value.length() <= 200
                    && !entry.getKey().isEmpty()
                    && entry.getKey().length() <= 40;
            if (value != null) kept.put(entry.getKey(), value);
        }
        fields.require(
                fits,
                "checkoutSession.metadata",
                "malformed",
                "metadata has at most 20 texts, with keys of at most 40 and values of at most 200 characters");
        return kept;
    }
}
