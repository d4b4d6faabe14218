package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** What a room downstream has to say against conversions before they are accepted. Found by CDI. */
public interface ConversionCheck {
    /** Refuses some of them; asked once a batch, of at most a thousand, inside the intake's transaction. */
    Uni<List<Refusal>> check(SqlConnection tx, List<Claim> claims);
}
