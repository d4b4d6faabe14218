package dev.tributary.program;

import dev.tributary.problem.FieldErrors;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of the merchant's site that affiliates are offered for deep links: a path on the landing page's host. */
@Schema(name = "CommonPage")
public record ProgramPage(
        @Schema(examples = "Prices") String name, @Schema(examples = "/prices?plan=pro") String path) {
    /** A menu that people choose from; what is not on it can still be typed as a path. */
    static final int MOST = 50;

    private static final int LONGEST_NAME = 100;

    /** The pages with their paths in the one form in which they are sent, or a problem that names each wrong field. */
    static List<ProgramPage> checked(List<@Nullable ProgramPage> pages) {
        FieldErrors errors =
                new FieldErrors().require(pages.size() <= MOST, "pages", "too_many", "At most " + MOST + " pages");
        errors.done();
        List<ProgramPage> good = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            ProgramPage page = pages.get(i);
            String field = "pages[" + i + "].";
            String name = page == null || page.name == null ? "" : page.name.strip();
            String text = page == null || page.path == null ? "" : page.path;
            errors.require(
                    !name.isEmpty()
                            && name.length() <= LONGEST_NAME
                            && name.chars().noneMatch(Character::isISOControl),
                    field + "name",
                    "malformed",
                    "name is one line of 1 to " + LONGEST_NAME + " characters");
            WebUrl url = WebUrl.read("https://host.example" + text);
            boolean path = text.startsWith("/") && !text.startsWith("//") && url instanceof WebUrl.Good;
            errors.require(path, field + "path", "malformed", "path starts with one / and stays on the same host");
            if (path) good.add(new ProgramPage(name, pathOf(((WebUrl.Good) url).uri())));
        }
        errors.done();
        return good;
    }

    private static String pathOf(URI uri) {
        return uri.toString().substring("https://host.example".length());
    }
}
