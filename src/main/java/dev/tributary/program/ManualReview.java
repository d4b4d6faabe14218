package dev.tributary.program;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The check without a provider. With {@code tributary.program.kyc=manual} every applicant waits for a person, also in
 * programs that approve by themselves; with {@code none} nobody is checked, and such programs take everybody at once.
 */
@DefaultBean
@ApplicationScoped
class ManualReview implements KycCheck {
    private static final Map<String, KycStatus> ANSWERS = Map.of("manual", KycStatus.REVIEW, "none", KycStatus.CLEAR);

    private final String name;

    ManualReview(@ConfigProperty(name = "tributary.program.kyc", defaultValue = "manual") String name) {
        if (!ANSWERS.containsKey(name))
            throw new IllegalArgumentException("tributary.program.kyc is manual or none, not " + name);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Uni<KycStatus> begin(SqlConnection tx, Applicant applicant) {
        return Uni.createFrom().item(ANSWERS.get(name));
    }
}
