package dev.tributary.promo.stripe;

import dev.tributary.promo.CodeSync;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Stripe's promotion codes that stand for codes of ours. */
@ApplicationScoped
class PromotionCodes implements CodeSync {
    private final StripeCouponRepository repository;

    PromotionCodes(StripeCouponRepository repository) {
        this.repository = repository;
    }

    @Override
    public Uni<Optional<String>> promotionCodeId(SqlConnection c, UUID codeId) {
        return repository.promotionCodeId(c, codeId);
    }
}
