package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A check that finds fraud where the customer says so, for the tests only: it stands for rules that come later. */
@ApplicationScoped
public class FraudProbe implements ConversionCheck {
    public static final String CUSTOMER = "fraud-probe-customer";

    @Override
    public Uni<List<Refusal>> check(SqlConnection tx, List<Claim> claims) {
        return Uni.createFrom()
                .item(claims.stream()
                        .filter(claim -> CUSTOMER.equals(claim.customer()))
                        .map(claim -> new Refusal(claim.conversionId(), Reason.FRAUD))
                        .toList());
    }
}
