package dev.tributary.load;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The marks of one visitor after the other: which link, which tags, from where, with which program. */
final class Visits {
    private static final List<String> SOURCES = List.of("newsletter", "youtube-review", "blog", "podcast", "tiktok", "coupon-page");
    private static final List<String> PAGES = List.of("pricing", "features/reports", "docs/start", "signup");
    private static final List<String> REFERRERS = List.of(
            "https://www.youtube.com/", "https://www.google.com/", "https://l.instagram.com/", "https://reviews.example/best-of");

    private final SplittableRandom random;
    private final Popularity popularity;

    Visits(Settings settings, long salt) {
        random = new SplittableRandom(settings.seed() + salt);
        popularity = new Popularity(settings.links());
    }

    Supplier<Iterator<Map<String, Object>>> feeder(List<String> agents) {
        return () -> Stream.generate(() -> next(agents)).iterator();
    }

    private synchronized Map<String, Object> next(List<String> agents) {
        Map<String, Object> marks = new HashMap<>();
        marks.put("code", popularity.code(random));
        marks.put("query", query());
        marks.put("page", one(PAGES));
        marks.put("unknown", "GONE%04d".formatted(random.nextInt(5_000)));
        marks.put("agent", one(agents));
        marks.put("referrer", one(REFERRERS));
        // 198.18.0.0/15 is set aside for measuring network devices (RFC 2544).
        marks.put("address", "198.%d.%d.%d".formatted(18 + random.nextInt(2), random.nextInt(256), random.nextInt(256)));
        marks.put("cookie", "none=1");
        return marks;
    }

    /** Three of ten links carry no tag, one of ten a paid-click parameter, which no two visits share. */
    private String query() {
        int chance = random.nextInt(10);
        if (chance < 3) return "";
        String tags = "?src=" + one(SOURCES) + "&sub1=ad" + random.nextInt(20) + "&sub2=campaign-" + random.nextInt(50);
        return chance == 9 ? tags + "&gclid=" + Long.toHexString(random.nextLong()) : tags;
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
