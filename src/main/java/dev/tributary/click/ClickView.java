package dev.tributary.click;

import dev.tributary.id.TypeId;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A click as the API shows it; text that is not known is empty. Hashes of addresses and devices never leave the database. */
@Schema(name = "Click")
record ClickView(
        @Schema(examples = "clk_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "2026-11-21T07:00:00.123Z") Instant clickedAt,
        @Schema(description = "When it was stored for reports", examples = "2026-11-21T07:00:00.240Z") Instant landedAt,
        @Schema(examples = "lnk_01h455vb4pex5vsknk084sn02q") String linkId,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(
                        nullable = true,
                        description = "null: a visitor who is not to be known again",
                        examples = "vis_01h455vb4pex5vsknk084sn02q")
                @Nullable
                String visitorId,
        @Schema(
                        enumeration = {"redirect", "script"},
                        examples = "redirect")
                String origin,
        @Schema(
                        enumeration = {"human", "bot", "prefetch", "head"},
                        examples = "human")
                String traffic,
        @Schema(
                        enumeration = {"unique", "duplicate", "unverified", "none"},
                        examples = "unique",
                        description = "unverified: the store of visits was away; none: not a person's click")
                String visit,
        @Schema(description = "Whether it may earn") boolean credited,
        @Schema(description = "Whether its address sent more clicks in that minute than people do") boolean flood,
        @Schema(description = "The address cut to its network", examples = "203.0.113.0/24") String ipPrefix,
        @Schema(description = "ISO 3166-1", examples = "DE") String country,
        @Schema(examples = "phone") String device,
        @Schema(examples = "iOS") String os,
        @Schema(examples = "Mobile Safari") String browser,
        @Schema(examples = "blog.example") String referrerHost,
        @Schema(examples = "https://shop.example.com/sale") String landingPage,
        @Schema(examples = "newsletter") String src,
        @Schema(examples = "spring") String sub1,
        String sub2,
        String sub3,
        String sub4,
        String sub5,
        @Schema(description = "Another network's id of this click (ext_click_id)") String externalClickId,
        @Schema(examples = "document") String fetchDest,
        @Schema(examples = "navigate") String fetchMode,
        @Schema(examples = "cross-site") String fetchSite,
        @Schema(
                        nullable = true,
                        description = "Paid-click parameters such as gclid",
                        examples = "{\"gclid\": \"Cj0KCQ\"}")
                @Nullable
                Map<String, String> adParams) {
    static ClickView read(Row row) {
        UUID visitor = row.getUUID("visitor_id");
        return new ClickView(
                TypeId.CLICK.format(row.getUUID("id")),
                row.getOffsetDateTime("clicked_at").toInstant(),
                row.getOffsetDateTime("landed_at").toInstant(),
                TypeId.LINK.format(row.getUUID("link_id")),
                TypeId.PROGRAM.format(row.getUUID("program_id")),
                TypeId.AFFILIATE.format(row.getUUID("affiliate_id")),
                visitor == null ? null : TypeId.VISITOR.format(visitor),
                row.getString("origin"),
                row.getString("traffic"),
                row.getString("visit"),
                row.getBoolean("credited"),
                row.getBoolean("flood"),
                row.getString("ip_prefix"),
                row.getString("country"),
                row.getString("device"),
                row.getString("os"),
                row.getString("browser"),
                row.getString("referrer_host"),
                row.getString("landing_page"),
                row.getString("src"),
                row.getString("sub1"),
                row.getString("sub2"),
                row.getString("sub3"),
                row.getString("sub4"),
                row.getString("sub5"),
                row.getString("external_click_id"),
                row.getString("fetch_dest"),
                row.getString("fetch_mode"),
                row.getString("fetch_site"),
                adParams(row.get(JsonObject.class, "ad_params")));
    }

    private static @Nullable Map<String, String> adParams(@Nullable JsonObject stored) {
        if (stored == null) return null;
        Map<String, String> text = new java.util.TreeMap<>();
        stored.forEach(entry -> text.put(entry.getKey(), String.valueOf(entry.getValue())));
        return text;
    }

    UUID uuid() {
        return TypeId.CLICK.parse(id).orElseThrow();
    }
}
