package dev.tributary.payout.admin;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One person's approval. */
@Schema(name = "PayoutApproval")
record ApprovalView(@Schema(examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11") String account, Instant at) {
    static ApprovalView read(Row row) {
        return new ApprovalView(
                row.getString("account"), row.getOffsetDateTime("at").toInstant());
    }
}
