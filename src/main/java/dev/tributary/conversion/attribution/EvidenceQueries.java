package dev.tributary.conversion.attribution;

import dev.tributary.conversion.attribution.JourneyQueries.Named;
import dev.tributary.conversion.attribution.JourneyQueries.Wanted;
import dev.tributary.promo.DiscountCodeText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the database knows about a batch of evidence: three statements for all of it at most, in two turns. */
@ApplicationScoped
class EvidenceQueries {
    private static final String PARTIES =
            """
            SELECT w.place, p.attribution_model, p.window_days,
                   ne.id AS named, ne.affiliate_id AS named_affiliate, earns_nothing(ne.status, na.status) AS named_barred,
                   oe.id AS owner, oe.affiliate_id AS owner_affiliate, earns_nothing(oe.status, oa.status) AS owner_barred,
                   be.id AS bound, be.affiliate_id AS bound_affiliate, earns_nothing(be.status, ba.status) AS bound_barred
              FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
                   AS w (place, program_id, affiliate_id, code_key, customer)
              JOIN program p ON p.id = w.program_id
              LEFT JOIN enrollment ne ON ne.program_id = w.program_id AND ne.affiliate_id = w.affiliate_id
              LEFT JOIN affiliate na ON na.id = ne.affiliate_id
              LEFT JOIN discount_code d ON d.code_key = w.code_key AND d.program_id = w.program_id
                    AND d.status = 'active' AND NOT d.suspended
              LEFT JOIN enrollment oe ON oe.id = d.enrollment_id
              LEFT JOIN affiliate oa ON oa.id = oe.affiliate_id
              LEFT JOIN referral r ON r.program_id = w.program_id AND r.customer_external_id = w.customer
              LEFT JOIN enrollment be ON be.id = r.enrollment_id
              LEFT JOIN affiliate ba ON ba.id = be.affiliate_id
             ORDER BY w.place
            """;

    private final Models models;
    private final JourneyQueries journeys;

    EvidenceQueries(Models models, JourneyQueries journeys) {
        this.models = models;
        this.journeys = journeys;
    }

    /** In the order of the evidence. */
    Uni<List<Findings>> findings(SqlConnection tx, List<Evidence> batch) {
        // Both are sent before either is answered; whose other clicks count, and how far back, is known after them.
        Uni<List<Findings>> parties =
                tx.preparedQuery(PARTIES).execute(partiesOf(batch)).map(this::parties);
        Uni<Map<Integer, Named>> named = journeys.named(tx, batch);
        return Uni.combine().all().unis(parties, named).asTuple().chain(found -> journeys.ofVisitors(
                        tx, wanted(batch, found.getItem1(), found.getItem2()))
                .map(clicks -> together(found.getItem1(), found.getItem2(), clicks)));
    }

    private List<Findings> parties(RowSet<Row> rows) {
        List<Findings> findings = new ArrayList<>(rows.size());
        for (Row row : rows) {
            findings.add(new Findings(
                    models.of(row.getString("attribution_model")),
                    new Window(row.getInteger("window_days")),
                    party(row, "named"),
                    party(row, "owner"),
                    party(row, "bound"),
                    List.of()));
        }
        return findings;
    }

    private static List<Wanted> wanted(List<Evidence> batch, List<Findings> parties, Map<Integer, Named> named) {
        if (parties.size() != batch.size()) throw new IllegalStateException("Evidence of a program that is not there");
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            UUID visitor = named.containsKey(i) ? named.get(i).visitorId() : null;
            if (visitor == null) visitor = batch.get(i).visitorId();
            if (visitor != null)
                wanted.add(Wanted.of(i, batch.get(i), visitor, parties.get(i).window()));
        }
        return wanted;
    }

    private static List<Findings> together(
            List<Findings> parties, Map<Integer, Named> named, Map<Integer, List<Seen>> ofVisitors) {
        List<Findings> findings = new ArrayList<>(parties.size());
        for (int i = 0; i < parties.size(); i++) {
            findings.add(parties.get(i).with(named.get(i), ofVisitors.getOrDefault(i, List.of())));
        }
        return findings;
    }

    private static @Nullable Party party(Row row, String name) {
        UUID enrollment = row.getUUID(name);
        return enrollment == null
                ? null
                : new Party(enrollment, row.getUUID(name + "_affiliate"), row.getBoolean(name + "_barred"));
    }

    private static Tuple partiesOf(List<Evidence> batch) {
        return Tuple.tuple()
                .addArrayOfInteger(places(batch))
                .addArrayOfUUID(batch.stream().map(Evidence::programId).toArray(UUID[]::new))
                .addArrayOfUUID(batch.stream().map(Evidence::affiliateId).toArray(UUID[]::new))
                .addArrayOfString(batch.stream()
                        .map(e -> e.promoCode() == null ? null : DiscountCodeText.key(e.promoCode()))
                        .toArray(String[]::new))
                .addArrayOfString(
                        batch.stream().map(Evidence::customerExternalId).toArray(String[]::new));
    }

    private static Integer[] places(List<Evidence> batch) {
        Integer[] places = new Integer[batch.size()];
        for (int i = 0; i < places.length; i++) places[i] = i;
        return places;
    }
}
