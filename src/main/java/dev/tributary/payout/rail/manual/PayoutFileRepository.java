package dev.tributary.payout.rail.manual;

import dev.tributary.crypto.MasterKey;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.manual.PayoutFile.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code payout_file}; contents are wrapped by the master key where one is configured. */
@ApplicationScoped
class PayoutFileRepository {
    private static final String COLUMNS =
            """
            SELECT id, kind, currency, name, entries, total_minor, sha256, made_on, modifier, effective_on, last_trace, made_by,
                   made_at, settled_by, settled_at
              FROM payout_file
            """;
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7234023)";
    private static final String INSERT =
            """
            INSERT INTO payout_file (id, kind, currency, name, entries, total_minor, content, wrapped, sha256, made_on, modifier,
                   effective_on, last_trace, made_by, made_at, key_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String FOR_UPDATE = FIND + " FOR UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::text IS NULL OR kind = $3) AND ($4::boolean IS NULL OR (settled_at IS NOT NULL) = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String CONTENT = "SELECT content, wrapped FROM payout_file WHERE id = $1";
    private static final String SETTLE = "UPDATE payout_file SET settled_by = $2, settled_at = $3 WHERE id = $1";
    private static final String LAST =
            """
            SELECT (SELECT max(modifier) FROM payout_file WHERE made_on = $1) AS modifier,
                   (SELECT last_trace FROM payout_file WHERE last_trace IS NOT NULL ORDER BY made_at DESC, id DESC LIMIT 1)
                       AS last_trace
            """;

    private final MasterKey master;

    PayoutFileRepository(MasterKey master) {
        this.master = master;
    }

    /** What the next NACHA file goes on from: the last modifier of the day and the last trace of all; null for none. */
    record Last(@Nullable String modifier, @Nullable Integer trace) {}

    /** One file at a time is made, so that each entry is in one and each modifier is used once. */
    Uni<Void> lock(SqlConnection tx) {
        return tx.query(LOCK).execute().replaceWithVoid();
    }

    Uni<Last> last(SqlConnection tx, LocalDate day) {
        return tx.preparedQuery(LAST).execute(Tuple.of(day)).map(rows -> {
            Row row = rows.iterator().next();
            return new Last(row.getString("modifier"), row.getInteger("last_trace"));
        });
    }

    Uni<Void> insert(SqlConnection tx, PayoutFile file, byte[] content) {
        Tuple row = Tuple.tuple()
                .addUUID(file.id())
                .addString(file.kind().word())
                .addString(file.total().currency())
                .addString(file.name())
                .addInteger(file.entries())
                .addLong(file.total().amount())
                .addValue(Buffer.buffer(master.present() ? master.wrap(content, name(file.id())) : content))
                .addBoolean(master.present())
                .addValue(Buffer.buffer(HexFormat.of().parseHex(file.sha256())))
                .addValue(file.madeOn())
                .addString(file.modifier())
                .addValue(file.effectiveOn())
                .addInteger(file.lastTrace())
                .addString(file.madeBy())
                .addOffsetDateTime(at(file.madeAt()))
                .addString(master.id());
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    Uni<Optional<PayoutFile>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> files(rows).stream()
                .findFirst());
    }

    Uni<Optional<PayoutFile>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FOR_UPDATE).execute(Tuple.of(id)).map(rows -> files(rows).stream()
                .findFirst());
    }

    /** @param settled null for all */
    Uni<List<PayoutFile>> list(
            SqlConnection c, UUID before, int limit, @Nullable String kind, @Nullable Boolean settled) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(before, limit, kind, settled))
                .map(PayoutFileRepository::files);
    }

    Uni<byte[]> content(SqlConnection c, UUID id) {
        return c.preparedQuery(CONTENT).execute(Tuple.of(id)).map(rows -> {
            Row row = rows.iterator().next();
            byte[] kept = row.getBuffer("content").getBytes();
            return row.getBoolean("wrapped") ? master.unwrap(kept, name(id)) : kept;
        });
    }

    Uni<Void> settle(SqlConnection tx, PayoutFile file) {
        return tx.preparedQuery(SETTLE)
                .execute(Tuple.of(file.id(), file.settledBy(), at(file.settledAt())))
                .replaceWithVoid();
    }

    private static List<PayoutFile> files(RowSet<Row> rows) {
        List<PayoutFile> files = new ArrayList<>(rows.size());
        for (Row row : rows) files.add(file(row));
        return files;
    }

    private static PayoutFile file(Row row) {
        OffsetDateTime settled = row.getOffsetDateTime("settled_at");
        return new PayoutFile(
                row.getUUID("id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                row.getInteger("entries"),
                new Money(row.getLong("total_minor"), row.getString("currency")),
                HexFormat.of().formatHex(row.getBuffer("sha256").getBytes()),
                row.getLocalDate("made_on"),
                row.getString("modifier"),
                row.getLocalDate("effective_on"),
                row.getInteger("last_trace"),
                row.getString("made_by"),
                row.getOffsetDateTime("made_at").toInstant(),
                row.getString("settled_by"),
                settled == null ? null : settled.toInstant());
    }

    static String name(UUID id) {
        return "payout_file " + id;
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
