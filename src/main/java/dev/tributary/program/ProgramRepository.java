package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code program}. Every change takes a new version, which the redirect's cache follows. */
@ApplicationScoped
class ProgramRepository {
    private static final String COLUMNS =
            """
            SELECT id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, window_days, honor_gpc,
                   active, base_rate_bps, attribution_model, hold_days, min_payout_minor, features, auto_approve,
                   leaderboard, two_tier, milestone_clawback, created_at, updated_at,
                   (SELECT jsonb_agg(jsonb_build_object('name', p.name, 'path', p.path) ORDER BY p.position)
                      FROM program_page p WHERE p.program_id = program.id) AS pages
              FROM program
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String OPEN = COLUMNS + " WHERE active AND (id = $1 OR slug = $2)";
    /** Read only once it is locked: the pages of a row that was waited for would be those from before. */
    private static final String LOCK = "SELECT FROM program WHERE id = $1 FOR UPDATE";

    private static final String BY_SLUG = COLUMNS + " WHERE slug = $1";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::boolean IS NULL OR active = $3) AND ($4::text IS NULL OR slug = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String INSERT =
            """
            INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, window_days,
                                 honor_gpc, active, base_rate_bps, attribution_model, hold_days, min_payout_minor,
                                 features, auto_approve, leaderboard, two_tier, milestone_clawback, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            """;
    private static final String UPDATE =
            """
            UPDATE program
               SET name = $2, slug = $3, landing_url = $4, allowed_hosts = $5, currency = $6, time_zone = $7,
                   utm_source = $8, window_days = $9, honor_gpc = $10, active = $11, base_rate_bps = $12,
                   attribution_model = $13, hold_days = $14, min_payout_minor = $15, features = $16, auto_approve = $17,
                   leaderboard = $18, two_tier = $19, milestone_clawback = $20, created_at = $21, updated_at = $22,
                   version = nextval('change_version')
             WHERE id = $1
            """;
    private static final String HAS_MONEY =
            """
            SELECT EXISTS (SELECT FROM tier WHERE program_id = $1) OR EXISTS (SELECT FROM enrollment WHERE program_id = $1)
            """;
    private static final String SHOW_LEADERBOARD =
            """
            UPDATE program SET leaderboard = $2, updated_at = $3, version = nextval('change_version')
             WHERE id = $1 AND leaderboard <> $2
            """;
    private static final String CLEAR_PAGES = "DELETE FROM program_page WHERE program_id = $1";
    private static final String INSERT_PAGES =
            """
            INSERT INTO program_page (program_id, position, name, path)
            SELECT $1, position, name, path FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS page (name, path, position)
            """;

    private final Transactions transactions;

    ProgramRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<Program>> find(UUID id) {
        return transactions.read(connection -> one(connection, FIND, id));
    }

    Uni<Optional<Program>> find(SqlConnection tx, UUID id) {
        return one(tx, FIND, id);
    }

    /** An active program by its id or its slug, which never look alike. */
    Uni<Optional<Program>> open(SqlConnection c, String idOrSlug) {
        UUID id = TypeId.PROGRAM.parse(idOrSlug).orElse(null);
        return c.preparedQuery(OPEN).execute(Tuple.of(id, idOrSlug)).map(rows -> read(rows).stream()
                .findFirst());
    }

    /** 404 where there is none. */
    Uni<Program> get(SqlConnection c, UUID id) {
        return find(c, id).map(ProgramRepository::there);
    }

    /** The same, locked until the transaction ends. */
    Uni<Program> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).chain(() -> get(tx, id));
    }

    private static Program there(Optional<Program> found) {
        return found.orElseThrow(() -> Problem.notFound("Program"));
    }

    Uni<Optional<Program>> bySlug(SqlConnection c, String slug) {
        return one(c, BY_SLUG, slug);
    }

    private static Uni<Optional<Program>> one(SqlConnection connection, String sql, Object key) {
        return connection.preparedQuery(sql).execute(Tuple.of(key)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<List<Program>> list(UUID before, int limit, @Nullable Boolean active, @Nullable String slug) {
        return transactions
                .read(connection -> connection.preparedQuery(LIST).execute(Tuple.of(before, limit, active, slug)))
                .map(ProgramRepository::read);
    }

    Uni<Void> insert(SqlConnection tx, Program p) {
        return write(tx, INSERT, p);
    }

    Uni<Void> update(SqlConnection tx, Program p) {
        return write(tx, UPDATE, p);
    }

    Uni<Void> showLeaderboard(SqlConnection tx, UUID id, boolean shown, Instant now) {
        return tx.preparedQuery(SHOW_LEADERBOARD)
                .execute(Tuple.of(id, shown, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Whether something in it is told, or will be earned, in its currency. */
    Uni<Boolean> hasMoney(SqlConnection tx, UUID id) {
        return tx.preparedQuery(HAS_MONEY)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static Uni<Void> write(SqlConnection tx, String sql, Program p) {
        Tuple row = Tuple.tuple(List.of(
                p.id(),
                p.name(),
                p.slug(),
                p.landingUrl(),
                p.allowedHosts().toArray(String[]::new),
                p.currency(),
                p.timeZone(),
                p.utmSource(),
                p.windowDays(),
                p.honorGpc(),
                p.active(),
                p.rules().baseRateBps(),
                p.rules().attribution().word(),
                p.rules().holdDays(),
                p.rules().minPayoutMinor(),
                p.rules().features().toArray(String[]::new),
                p.rules().autoApprove(),
                p.rules().leaderboard(),
                p.rules().twoTier(),
                p.rules().milestoneClawback(),
                p.createdAt().atOffset(ZoneOffset.UTC),
                p.updatedAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(sql)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another program has this slug"))
                .chain(() -> tx.preparedQuery(CLEAR_PAGES).execute(Tuple.of(p.id())))
                .chain(() -> tx.preparedQuery(INSERT_PAGES).execute(pages(p)))
                .replaceWithVoid();
    }

    private static Tuple pages(Program p) {
        String[] names = p.pages().stream().map(ProgramPage::name).toArray(String[]::new);
        String[] paths = p.pages().stream().map(ProgramPage::path).toArray(String[]::new);
        return Tuple.of(p.id(), names, paths);
    }

    private static List<Program> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ProgramRepository::read)
                .toList();
    }

    private static Program read(Row row) {
        return new Program(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("landing_url"),
                List.of(row.getArrayOfStrings("allowed_hosts")),
                row.getString("currency"),
                row.getString("time_zone"),
                row.getString("utm_source"),
                row.getInteger("window_days"),
                row.getBoolean("honor_gpc"),
                row.getBoolean("active"),
                rules(row),
                pages(row.getJsonArray("pages")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static ProgramRules rules(Row row) {
        return new ProgramRules(
                row.getInteger("base_rate_bps"),
                ProgramRules.Attribution.of(row.getString("attribution_model")),
                row.getInteger("hold_days"),
                row.getLong("min_payout_minor"),
                List.of(row.getArrayOfStrings("features")),
                row.getBoolean("auto_approve"),
                row.getBoolean("leaderboard"),
                row.getBoolean("two_tier"),
                row.getBoolean("milestone_clawback"));
    }

    private static List<ProgramPage> pages(@Nullable JsonArray pages) {
        if (pages == null) return List.of();
        return pages.stream()
                .map(JsonObject.class::cast)
                .map(page -> new ProgramPage(page.getString("name"), page.getString("path")))
                .toList();
    }
}
