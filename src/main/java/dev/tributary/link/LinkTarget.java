package dev.tributary.link;

import java.util.List;
import java.util.UUID;

/**
 * What a redirect needs to know of a link, as it stood when the cache last heard of it.
 *
 * @param codeKey the code in upper case, by which it is found
 * @param referralCode the enrollment's public code, which every {@code ref} in a URL names
 * @param utmCampaign what {@code utm_campaign} says: the word of the link's campaign, else the referral code
 * @param destination an absolute URL, or empty for the program's landing page
 * @param subs the link's own sub ids 1 to 5, empty where unset
 * @param credited whether program, affiliate, enrollment and link are all active, so that a click may earn
 * @param expiresAt milliseconds since 1970, or {@link Long#MAX_VALUE} for never
 */
public record LinkTarget(
        UUID id,
        String codeKey,
        UUID affiliateId,
        String referralCode,
        String utmCampaign,
        String destination,
        String src,
        List<String> subs,
        boolean credited,
        long expiresAt,
        ProgramTarget program) {
    public LinkTarget {
        subs = List.copyOf(subs);
    }

    /** Whether a click at this moment may earn. */
    public boolean earnsAt(long millis) {
        return credited && millis < expiresAt;
    }

    /** Where the link leads when the visitor asks for nothing else. */
    public String url() {
        return destination.isEmpty() ? program.landingUrl() : destination;
    }
}
