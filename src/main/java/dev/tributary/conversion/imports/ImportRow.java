package dev.tributary.conversion.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.track.ConversionInput;
import dev.tributary.conversion.track.EventFields;
import dev.tributary.conversion.track.RefundInput;
import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a CSV file, by the names of its columns. Amounts are whole minor units, as everywhere in the API.
 *
 * @param number from 1, the header not counted
 */
record ImportRow(long number, Map<String, String> cells) {
    static final Set<String> COLUMNS = Set.of(
            "externalId",
            "kind",
            "saleExternalId",
            "customerExternalId",
            "amount",
            "currency",
            "conversions",
            "occurredAt",
            "affiliateId",
            "clickId",
            "promoCode");

    /** Stands for cells beyond the last column: the row is not what it seems to be, as where a comma is not quoted. */
    static final String MORE = "";

    /** What it tells: some leads or sales, or one refund. */
    record Told(List<Incoming> events, @Nullable IncomingRefund refund) {
        int size() {
            return events.size() + (refund == null ? 0 : 1);
        }
    }

    /** Throws a problem that names the columns that are wrong. */
    Told told(UUID program, String currency, Instant now) {
        if (cells.containsKey(MORE))
            throw Problem.field("row", "too_many_cells", "The row has more cells than there are columns");
        EventFields fields = new EventFields(now);
        String kind = cell("kind") == null ? "sale" : cell("kind");
        if (!Set.of("lead", "sale", "refund").contains(kind))
            throw Problem.field("kind", "unknown_value", "kind is lead, sale or refund");
        if (kind.equals("refund")) {
            RefundInput refund =
                    new RefundInput(cell("externalId"), cell("saleExternalId"), money(currency), null, time());
            return new Told(List.of(), refund.incoming(fields, program));
        }
        ConversionInput input = new ConversionInput(
                TypeId.PROGRAM.format(program),
                cell("affiliateId"),
                Kind.of(kind),
                count(),
                money(currency),
                cell("externalId"),
                cell("customerExternalId"),
                cell("clickId"),
                cell("promoCode"),
                time());
        return new Told(input.incoming(fields, Door.IMPORT, "amount"), null);
    }

    String externalId() {
        String id = cells.getOrDefault("externalId", "").replaceAll("\\p{Cntrl}", " ");
        return id.substring(0, Math.min(id.length(), Incoming.MOST_CHARACTERS));
    }

    private @Nullable String cell(String name) {
        String text = cells.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private @Nullable Integer count() {
        String text = cell("conversions");
        if (text == null) return null;
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    /** A day alone is its noon in UTC, which is that day nearly everywhere. */
    private @Nullable String time() {
        String text = cell("occurredAt");
        return text != null && text.matches("\\d{4}-\\d{2}-\\d{2}") ? text + "T12:00:00Z" : text;
    }

    private @Nullable JsonNode money(String currency) {
        String text = cell("amount");
        if (text == null) return null;
        ObjectNode money = JsonNodeFactory.instance.objectNode();
        boolean whole = text.matches("-?[0-9]{1,30}");
        money.set("amount", whole ? BigIntegerNode.valueOf(new BigInteger(text)) : TextNode.valueOf(text));
        return money.put("currency", cell("currency") == null ? currency : cell("currency"));
    }
}
