package dev.tributary.chaos;

import dev.tributary.id.TypeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The requests of a run, built beforehand so that the client's time goes to its sockets: many links, one of them hot, source
 * tags, visitors who come back, bots, prefetches and HEAD, in proportions of ordinary traffic. The same seed makes the same.
 */
final class Visits {
    /** Enough for the mix to be right to a tenth of a per cent. */
    private static final int PREPARED = 4_000;

    /** The demo's further links, DEMO0001 and up. */
    private static final int LINKS = 1_000;

    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    private static final String DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            + " (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final List<String> SOURCES = List.of("", "newsletter", "youtube", "blog", "reel");

    private final byte[][] requests;

    private Visits(byte[][] requests) {
        this.requests = requests;
    }

    /** Ordinary traffic. */
    static Visits ordinary(long seed) {
        return of(seed, 0);
    }

    /** Ordinary traffic of which one request in {@code every} carries the source tag {@code poison}. */
    static Visits poisoned(long seed, int every) {
        return of(seed, every);
    }

    private static Visits of(long seed, int poisonEvery) {
        Random random = new Random(seed);
        List<UUID> visitors = new ArrayList<>();
        for (int i = 0; i < 500; i++) visitors.add(new UUID(random.nextLong(), random.nextLong()));
        byte[][] requests = new byte[PREPARED][];
        for (int i = 0; i < PREPARED; i++) {
            boolean poison = poisonEvery > 0 && i % poisonEvery == poisonEvery / 2;
            requests[i] = request(random, visitors, poison).getBytes(StandardCharsets.US_ASCII);
        }
        return new Visits(requests);
    }

    private static String request(Random random, List<UUID> visitors, boolean poison) {
        String code = random.nextInt(4) == 0 ? "ECO10" : "DEMO%04d".formatted(1 + random.nextInt(LINKS));
        String source = poison ? "poison" : SOURCES.get(random.nextInt(SOURCES.size()));
        int kind = random.nextInt(100);
        StringBuilder text = new StringBuilder(400)
                .append(kind < 2 ? "HEAD" : "GET")
                .append(" /r/")
                .append(code)
                .append(source.isEmpty() ? "" : "?src=" + source)
                .append(" HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ")
                .append(kind >= 95 ? BOT : kind % 2 == 0 ? PHONE : DESKTOP)
                .append("\r\nAccept-Language: en-GB,en;q=0.8\r\nReferer: https://blog.example/post\r\n");
        if (kind >= 90 && kind < 92) text.append("Sec-Purpose: prefetch\r\n");
        if (random.nextInt(3) == 0) {
            UUID visitor = visitors.get(random.nextInt(visitors.size()));
            text.append("Cookie: trb_v=").append(TypeId.VISITOR.format(visitor)).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** The n-th request of the run; they repeat after {@value #PREPARED}. */
    byte[] request(long n) {
        return requests[(int) (n % PREPARED)];
    }

    static boolean isHead(byte[] request) {
        return request[0] == 'H';
    }
}
