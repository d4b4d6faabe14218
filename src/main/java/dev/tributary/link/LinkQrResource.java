package dev.tributary.link;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.FieldErrors;
import dev.tributary.program.Tracker;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A link's address for cameras. */
@Path("/api/affiliate/links/{id}/qr")
@Tag(name = "Links")
@RolesAllowed("affiliate")
class LinkQrResource {
    static final String PNG = "image/png";
    static final String SVG = "image/svg+xml";
    private static final String USUAL = "512";
    /** A hand's breadth on paper at 300 dots an inch, in some 10 kB; who prints larger takes SVG. */
    private static final int LARGEST = 2_048;

    private static final int SMALLEST = 64;

    private final OwnLinks links;
    private final Caller caller;
    private final Tracker tracker;

    LinkQrResource(OwnLinks links, Caller caller, Tracker tracker) {
        this.links = links;
        this.caller = caller;
        this.tracker = tracker;
    }

    @GET
    @Produces({PNG, SVG})
    @Operation(operationId = "getLinkQr", summary = "A link's address as a QR code, PNG or SVG")
    public Uni<Response> qr(@PathParam("id") String id, @Context UriInfo uri) {
        UUID link = Params.path(id, TypeId.LINK, "Link");
        Params.only(uri, Set.of("format", "size", "src"));
        boolean svg = "svg".equals(Params.oneOf(uri, "format", List.of("png", "svg")));
        int size = size(uri);
        String src = src(uri);
        return caller.affiliate().chain(me -> links.find(me, link)).map(found -> {
            QrImage image = new QrImage(tracker.urlFor(uri) + "/r/" + found.code() + src);
            return svg
                    ? Response.ok(image.svg(), SVG).build()
                    : Response.ok(image.png(size), PNG).build();
        });
    }

    private static int size(UriInfo uri) {
        String text = Objects.requireNonNullElse(uri.getQueryParameters().getFirst("size"), USUAL);
        int size = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        new FieldErrors()
                .require(
                        size >= SMALLEST && size <= LARGEST,
                        "size",
                        "out_of_range",
                        "size is a number of pixels from %d to %d".formatted(SMALLEST, LARGEST))
                .done();
        return size;
    }

    /** A source tag of its own tells scans from other visits. */
    private static String src(UriInfo uri) {
        String text = Objects.requireNonNullElse(uri.getQueryParameters().getFirst("src"), "");
        new FieldErrors()
                .require(
                        text.length() <= 100 && text.chars().noneMatch(Character::isISOControl),
                        "src",
                        "malformed",
                        "src is one line of at most 100 characters")
                .done();
        return text.isEmpty() ? "" : "?src=" + UrlText.encode(text);
    }
}
