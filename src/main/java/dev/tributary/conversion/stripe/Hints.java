package dev.tributary.conversion.stripe;

import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Touch;
import dev.tributary.id.TypeId;
import dev.tributary.promo.CheckoutRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant wrote into Stripe's objects for us: {@code clickId}, {@code visitorId}, {@code promoCode} and {@code
 * customerExternalId} as metadata (or {@code click_id} and so on), or a click's or visitor's id as {@code
 * client_reference_id}.
 */
final class Hints {
    private static final int MOST_CHARACTERS = 200;

    private Hints() {}

    static Touch touch(JsonObject... objects) {
        String reference = first("client_reference_id", "client_reference_id", objects);
        UUID click = id(TypeId.CLICK, meta("clickId", "click_id", objects), reference);
        UUID visitor = id(TypeId.VISITOR, meta("visitorId", "visitor_id", objects), reference);
        return new Touch(click, visitor, meta("promoCode", "promo_code", objects), null);
    }

    /** The redemption of discount codes that the payment is for; null where there is none. */
    static @Nullable UUID redemption(JsonObject... objects) {
        String text = meta(CheckoutRequest.METADATA, "redemption", objects);
        return text == null ? null : TypeId.REDEMPTION.parse(text).orElse(null);
    }

    /** The merchant's own id of the buyer; null where it is not told. */
    static @Nullable String customer(JsonObject... objects) {
        return meta("customerExternalId", "customer_external_id", objects);
    }

    /** What is known of a buyer, from its address and e-mail in the form of Stripe's object. */
    static Buyer buyer(@Nullable String email, @Nullable String country) {
        if (email == null || !email.matches("[^@\\s]{1,64}@[^@\\s]{1,190}"))
            return new Buyer(null, null, null, country(country));
        String lower = email.trim().toLowerCase(Locale.ROOT);
        return new Buyer(sha256(lower), lower.substring(lower.indexOf('@') + 1), null, country(country));
    }

    private static @Nullable String country(@Nullable String code) {
        return code != null && code.matches("[A-Z]{2}") ? code : null;
    }

    private static @Nullable String meta(String name, String other, JsonObject... objects) {
        return first(
                name,
                other,
                Stream.of(objects)
                        .map(object -> Fields.object(object, "metadata"))
                        .toArray(JsonObject[]::new));
    }

    private static @Nullable String first(String name, String other, JsonObject... objects) {
        return Stream.of(objects)
                .flatMap(object -> Stream.of(name, other).map(key -> Fields.text(object, key)))
                .filter(text -> text != null && text.length() <= MOST_CHARACTERS)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable UUID id(TypeId kind, @Nullable String... texts) {
        return Stream.of(texts)
                .flatMap(text -> text == null ? Stream.empty() : kind.parse(text).stream())
                .findFirst()
                .orElse(null);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
