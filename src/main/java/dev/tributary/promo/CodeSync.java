package dev.tributary.promo;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/**
 * Whoever keeps discount codes in step with a payment provider; found by CDI, and there may be none: codes then work here
 * alone. It hears of codes by the events {@link CodeChanged} and {@link CodesGenerated} and reads them by {@link
 * DiscountCodes}.
 */
public interface CodeSync {
    /**
     * The provider's id of the promotion code that stands for this code, from our own table: no call to the provider. Empty
     * while it has none, which is so for codes that take nothing off, and until the provider has answered.
     */
    Uni<Optional<String>> promotionCodeId(SqlConnection c, UUID codeId);
}
