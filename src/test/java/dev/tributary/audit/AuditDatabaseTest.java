package dev.tributary.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class AuditDatabaseTest {
    @Inject
    Audit audit;

    @Inject
    Transactions transactions;

    private final UUID object = UUID.randomUUID();

    @Test
    void an_entry_names_the_actor_and_hides_personal_fields() {
        JsonObject after = new JsonObject().put("status", "active").put("email", "ann@example.com");
        transactions
                .run(tx -> audit.record(tx, "affiliate.create", TypeId.AFFILIATE, object, null, after))
                .await()
                .indefinitely();
        Row row = entries().iterator().next();
        assertThat(row.getString("actor_kind")).isEqualTo("system");
        assertThat(row.getString("object_kind")).isEqualTo("affiliate");
        assertThat(row.getJsonObject("before")).isNull();
        assertThat(row.getJsonObject("after").getString("status")).isEqualTo("active");
        assertThat(row.getJsonObject("after").getString("email")).isEqualTo(Redaction.BLANK);
    }

    @Test
    void a_change_that_is_rolled_back_leaves_no_entry() {
        assertThatThrownBy(() -> transactions
                        .run(tx -> audit.record(tx, "affiliate.create", TypeId.AFFILIATE, object, null, null)
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("no"))))
                        .await()
                        .indefinitely())
                .isInstanceOf(IllegalStateException.class);
        assertThat(entries().size()).isZero();
    }

    private RowSet<Row> entries() {
        return transactions
                .read(c -> c.preparedQuery("SELECT * FROM audit_entry WHERE object_id = $1")
                        .execute(Tuple.of(object)))
                .await()
                .indefinitely();
    }
}
