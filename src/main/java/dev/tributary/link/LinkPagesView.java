package dev.tributary.link;

import dev.tributary.program.Program;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The pages that a program offers for deep links, and where else links may lead. */
@Schema(name = "LinkPages")
record LinkPagesView(
        List<Page> data,
        @Schema(
                        examples = "[\"shop.example.com\", \"*.shop.example.com\"]",
                        description = "Addresses on these hosts, too")
                List<String> allowedHosts) {
    LinkPagesView {
        data = List.copyOf(data);
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** One page to choose. */
    @Schema(name = "OfferedPage")
    record Page(
            @Schema(examples = "Prices") String name,
            @Schema(examples = "/prices", description = "A link's destination; empty: the landing page")
                    String destination,
            @Schema(examples = "https://shop.example.com/prices") String url) {}

    /** The landing page first. */
    static LinkPagesView of(Program program) {
        Stream<Page> pages = program.pages().stream()
                .map(page -> new Page(page.name(), page.path(), DeepLink.whole(page.path(), program)));
        Stream<Page> landing = Stream.of(new Page("Landing page", "", program.landingUrl()));
        return new LinkPagesView(Stream.concat(landing, pages).toList(), program.allowedHosts());
    }
}
