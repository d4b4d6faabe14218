package dev.tributary.commission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.commission.rule.CommissionRule.Role;
import dev.tributary.commission.rule.RuleKinds;
import dev.tributary.commission.rule.Terms;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What programs pay by: the rules that staff made, beside what the programs and their tiers say of themselves. */
@ApplicationScoped
class TermsRepository {
    private static final String PROGRAMS =
            """
            SELECT id, currency, time_zone, base_rate_bps, hold_days, two_tier FROM program WHERE id = ANY ($1::uuid[])
            """;
    private static final String TIERS =
            """
            SELECT id, program_id, rate_bps, sign_up_bonus_minor FROM tier WHERE program_id = ANY ($1::uuid[])
            """;
    private static final String RULES =
            """
            SELECT id, number, program_id, kind, scope, coalesce(enrollment_id, tier_id) AS target, valid_from, valid_until,
                   cap_period, cap_minor, terms
              FROM commission_rule WHERE program_id = ANY ($1::uuid[]) AND latest AND active
            """;
    /** One level at 5 %, for programs that let recruiters share and say no more. */
    private static final Terms USUAL_UPLINE = Terms.levels(List.of(500));

    private final RuleKinds kinds;
    private final ObjectMapper mapper;

    TermsRepository(RuleKinds kinds, ObjectMapper mapper) {
        this.kinds = kinds;
        this.mapper = mapper;
    }

    Uni<Map<UUID, ProgramTerms>> of(SqlConnection c, Collection<UUID> programs) {
        Tuple ids = Tuple.of(programs.toArray(UUID[]::new));
        Map<UUID, List<RuleVersion>> rules = new HashMap<>();
        Map<UUID, List<Row>> tiers = new HashMap<>();
        return c.preparedQuery(RULES)
                .execute(ids)
                .invoke(rows -> rows.forEach(row -> at(rules, row).add(read(row))))
                .chain(() -> c.preparedQuery(TIERS).execute(ids))
                .invoke(rows -> rows.forEach(row -> at(tiers, row).add(row)))
                .chain(() -> c.preparedQuery(PROGRAMS).execute(ids))
                .map(rows -> terms(rows, rules, tiers));
    }

    private static <T> List<T> at(Map<UUID, List<T>> lists, Row row) {
        return lists.computeIfAbsent(row.getUUID("program_id"), program -> new ArrayList<>());
    }

    private Map<UUID, ProgramTerms> terms(
            RowSet<Row> programs, Map<UUID, List<RuleVersion>> rules, Map<UUID, List<Row>> tiers) {
        Map<UUID, ProgramTerms> terms = new HashMap<>();
        for (Row row : programs) {
            UUID id = row.getUUID("id");
            List<RuleVersion> all = new ArrayList<>(rules.getOrDefault(id, List.of()));
            boolean shares = row.getBoolean("two_tier");
            if (!shares) all.removeIf(this::isUpline);
            all.addAll(implied(row, tiers.getOrDefault(id, List.of()), shares));
            terms.put(
                    id,
                    new ProgramTerms(
                            id,
                            row.getString("currency"),
                            ZoneId.of(row.getString("time_zone")),
                            row.getInteger("hold_days"),
                            all,
                            levels(all)));
        }
        return terms;
    }

    /** A kind that is unheard of fails where its conversion is computed, not here, where others would fail with it. */
    private boolean isUpline(RuleVersion rule) {
        return kinds.find(rule.kind())
                .filter(kind -> kind.role() == Role.UPLINE)
                .isPresent();
    }

    private static int levels(List<RuleVersion> rules) {
        return rules.stream()
                .filter(rule -> rule.terms().levels() != null)
                .mapToInt(rule -> rule.terms().levels().size())
                .max()
                .orElse(0);
    }

    /** What the program and its tiers are by themselves: the widest rules of their scope. */
    private static List<RuleVersion> implied(Row program, List<Row> tiers, boolean shares) {
        UUID id = program.getUUID("id");
        List<RuleVersion> implied = new ArrayList<>();
        Terms base = Terms.share(program.getInteger("base_rate_bps"));
        implied.add(RuleVersion.implied(id, 0, "percentage", RuleVersion.BASE_RATE, Scope.PROGRAM, null, base));
        if (shares)
            implied.add(RuleVersion.implied(id, 0, "upline", RuleVersion.UPLINE, Scope.PROGRAM, null, USUAL_UPLINE));
        List<Terms.TierAmount> bonuses = new ArrayList<>();
        for (Row tier : tiers) {
            UUID tierId = tier.getUUID("id");
            Terms rate = Terms.share(tier.getInteger("rate_bps"));
            implied.add(RuleVersion.implied(tierId, 0, "percentage", RuleVersion.TIER_RATE, Scope.TIER, tierId, rate));
            long bonus = tier.getLong("sign_up_bonus_minor");
            if (bonus > 0)
                bonuses.add(new Terms.TierAmount(
                        TypeId.TIER.format(tierId), new Money(bonus, program.getString("currency"))));
        }
        if (!bonuses.isEmpty())
            implied.add(RuleVersion.implied(
                    id, 0, "sign_up_bonus", RuleVersion.SIGN_UP, Scope.PROGRAM, null, Terms.tiers(bonuses)));
        return implied;
    }

    private RuleVersion read(Row row) {
        Scope scope = Scope.of(row.getString("scope"));
        OffsetDateTime until = row.getOffsetDateTime("valid_until");
        @Nullable String period = row.getString("cap_period");
        return new RuleVersion(
                row.getUUID("id"),
                row.getInteger("number"),
                row.getString("kind"),
                row.getString("kind"),
                scope,
                row.getUUID("target"),
                row.getOffsetDateTime("valid_from").toInstant(),
                until == null ? null : until.toInstant(),
                period == null ? null : new Cap(Cap.Period.of(period), row.getLong("cap_minor")),
                terms(row.getJsonObject("terms").encode()));
    }

    Terms terms(String json) {
        try {
            return mapper.readValue(json, Terms.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The terms of a rule cannot be read", e);
        }
    }
}
