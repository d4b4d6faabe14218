package dev.tributary.contest;

import dev.tributary.problem.FieldErrors;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a front end shows of a contest beside its countdown; every part may be empty. */
@Schema(name = "ContestBanner")
record Banner(
        @Schema(examples = "Win 500 euros") String title,
        @Schema(examples = "Who brings the most customers until New Year?") String text,
        @Schema(examples = "https://shop.example.com/banner.png") String imageUrl,
        @Schema(examples = "https://shop.example.com/contest") String linkUrl) {
    static final Banner NONE = new Banner("", "", "", "");
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_URL = 2_048;

    void check(FieldErrors errors) {
        line(errors, "banner.title", title, LONGEST_TITLE);
        line(errors, "banner.text", text, LONGEST_TEXT);
        address(errors, "banner.imageUrl", imageUrl);
        address(errors, "banner.linkUrl", linkUrl);
    }

    static void line(FieldErrors errors, String field, String value, int most) {
        errors.require(value.length() <= most, field, "too_long", field + " has at most " + most + " characters")
                .require(
                        value.chars().noneMatch(Character::isISOControl),
                        field,
                        "malformed",
                        field + " is one line of text");
    }

    /** Shown in other people's browsers, so nothing but https. */
    private static void address(FieldErrors errors, String field, String value) {
        errors.require(
                value.isEmpty() || value.length() <= LONGEST_URL && isHttps(value),
                field,
                "malformed",
                field + " is an https address of at most " + LONGEST_URL + " characters");
    }

    private static boolean isHttps(String value) {
        try {
            URI uri = new URI(value);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
