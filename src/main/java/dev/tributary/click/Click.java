package dev.tributary.click;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One visit through a link, as the redirect saw it: raw, because what can be worked out later is (see {@link Enricher}).
 * Texts are empty where the request had none.
 *
 * @param visitorId the visitor's id, presented or just given; null under Global Privacy Control
 * @param returning whether the visitor presented the id
 * @param credited whether the click may earn
 * @param ip the visitor's address in text form; it never leaves the journal unhashed
 * @param subs sub ids 1 to 5
 * @param adParams a JSON object of paid-click parameters, or empty
 */
record Click(
        UUID id,
        UUID linkId,
        UUID programId,
        UUID affiliateId,
        @Nullable UUID visitorId,
        boolean returning,
        boolean credited,
        Origin origin,
        Intent intent,
        String ip,
        String country,
        String userAgent,
        String acceptLanguage,
        String referrer,
        String landingPage,
        String src,
        List<String> subs,
        String externalClickId,
        String fetchDest,
        String fetchMode,
        String fetchSite,
        String adParams) {

    Click withIp(String other) {
        return new Click(
                id,
                linkId,
                programId,
                affiliateId,
                visitorId,
                returning,
                credited,
                origin,
                intent,
                other,
                country,
                userAgent,
                acceptLanguage,
                referrer,
                landingPage,
                src,
                subs,
                externalClickId,
                fetchDest,
                fetchMode,
                fetchSite,
                adParams);
    }

    /** Which door the click came through. */
    enum Origin {
        REDIRECT,
        SCRIPT
    }

    /** What the request said it was for. Bots are only told apart when the click lands. */
    enum Intent {
        VISIT,
        PREFETCH,
        HEAD
    }
}
