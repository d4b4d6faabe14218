package dev.tributary.link;

import dev.tributary.program.Program;
import dev.tributary.program.WebUrl;

/** Where affiliates may lead visitors besides the landing page: a path on its host, or an address on an allowed host. */
final class DeepLink {
    private DeepLink() {}

    /** A path as the address that it means; everything else as it is, to be checked by {@link Destinations}. */
    static String whole(String text, Program program) {
        boolean path = text.startsWith("/") && !text.startsWith("//");
        return path ? origin(program) + text : text;
    }

    private static String origin(Program program) {
        WebUrl.Good landing = (WebUrl.Good) WebUrl.read(program.landingUrl());
        return landing.uri().getScheme() + "://" + landing.uri().getRawAuthority();
    }
}
