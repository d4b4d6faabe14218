package dev.tributary.link;

import dev.tributary.program.Program;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a link would look.
 *
 * @param url the short address that redirects
 * @param finalUrl where it leads, with all that is added but the click's id; shared as it is, it counts where the shop's
 *     pages have the tracker
 */
@Schema(name = "LinkPreview")
record LinkPreview(
        @Schema(
                        examples = "https://go.example.com/r/ECO10?to=%2Fprices&src=newsletter",
                        description = "What to share: with the code that was asked for once it is made, else by the "
                                + "default link, which works at once")
                String url,
        @Schema(
                        examples = "https://shop.example.com/prices?ref=ECO10&src=newsletter&utm_source=eco"
                                + "&utm_medium=affiliate&utm_campaign=ECO10&utm_content=newsletter",
                        description = "Where it leads; the redirect adds click_id")
                String finalUrl) {
    static LinkPreview of(
            String tracker, Link link, String referralCode, String utmCampaign, Program program, boolean ownCode) {
        ProgramTarget goal = new ProgramTarget(
                program.id(),
                program.landingUrl(),
                program.allowedHosts(),
                program.utmSource(),
                program.windowDays(),
                program.honorGpc());
        LinkTarget target = new LinkTarget(
                link.id(),
                link.code(),
                link.affiliateId(),
                referralCode,
                utmCampaign,
                link.destination(),
                link.src(),
                link.subs(),
                true,
                Long.MAX_VALUE,
                goal);
        String url = tracker + "/r/" + (ownCode ? link.code() : byDefaultLink(link, referralCode));
        return new LinkPreview(url, Location.tracked(target.url(), List.of(), target, link.src(), null));
    }

    private static String byDefaultLink(Link link, String referralCode) {
        StringBuilder query = new StringBuilder();
        add(query, "to", link.destination());
        add(query, "src", link.src());
        for (int i = 0; i < link.subs().size(); i++)
            add(query, "sub" + (i + 1), link.subs().get(i));
        return referralCode + query;
    }

    private static void add(StringBuilder query, String name, String value) {
        if (value.isEmpty()) return;
        query.append(query.length() == 0 ? '?' : '&').append(name).append('=').append(UrlText.encode(value));
    }
}
