package dev.tributary.click;

import dev.tributary.id.TypeId;
import dev.tributary.link.UrlText;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a page tells of a visit, as checked JSON: {@code POST /api/track/click}. Texts are empty where the page had none.
 *
 * @param ref a link's code
 * @param clickId a click that the redirect has already recorded; then nothing is recorded again
 * @param visitorId the visitor's id from an earlier visit
 * @param gpc whether the browser has Global Privacy Control on
 * @param subs sub ids 1 to 5
 */
record TrackEvent(
        String ref,
        @Nullable UUID clickId,
        @Nullable UUID visitorId,
        boolean gpc,
        String src,
        List<String> subs,
        String landingPage,
        String referrer,
        String externalClickId,
        Map<String, String> adParams) {

    static final int CODE_LIMIT = 64;
    private static final Set<String> FIELDS = Set.of(
            "ref",
            "clickId",
            "visitorId",
            "gpc",
            "src",
            "sub1",
            "sub2",
            "sub3",
            "sub4",
            "sub5",
            "landingPage",
            "referrer",
            "externalClickId",
            "adParams");

    TrackEvent {
        subs = List.copyOf(subs);
        adParams = Map.copyOf(adParams);
    }

    /** Reads a body; everything that is wrong with it is one {@link Problem} that names each field. */
    static TrackEvent parse(JsonObject body) {
        return new Reading(body).event();
    }

    private static final class Reading {
        private final JsonObject body;
        private final List<FieldError> errors = new ArrayList<>();

        Reading(JsonObject body) {
            this.body = body;
        }

        TrackEvent event() {
            for (String name : body.fieldNames()) {
                if (!FIELDS.contains(name)) error(name, "unknown", "There is no field of this name");
            }
            TrackEvent event = new TrackEvent(
                    text("ref", CODE_LIMIT),
                    id("clickId", TypeId.CLICK),
                    id("visitorId", TypeId.VISITOR),
                    flag("gpc"),
                    text("src", VisitQuery.TAG_LIMIT),
                    List.of(sub(1), sub(2), sub(3), sub(4), sub(5)),
                    landingPage(),
                    text("referrer", Visit.HEADER_LIMIT),
                    text("externalClickId", VisitQuery.EXTERNAL_ID_LIMIT),
                    adParams());
            if (event.ref().isEmpty()
                    && errors.stream().noneMatch(e -> e.field().equals("ref"))) {
                error("ref", "required", "ref is the code of a link");
            }
            if (!errors.isEmpty()) {
                throw new Problem(
                        ProblemKind.INVALID_REQUEST, errors.size() + " of the fields cannot be accepted", errors);
            }
            return event;
        }

        private String sub(int number) {
            return text("sub" + number, VisitQuery.TAG_LIMIT);
        }

        private String text(String name, int limit) {
            return text(name, body.getValue(name), limit);
        }

        private String text(String name, @Nullable Object value, int limit) {
            if (value == null) return "";
            if (!(value instanceof String text)) {
                error(name, "not_text", name + " must be a string");
                return "";
            }
            if (text.length() > limit) {
                error(name, "too_long", name + " is longer than " + limit + " characters");
                return "";
            }
            return UrlText.withoutControls(text);
        }

        private boolean flag(String name) {
            Object value = body.getValue(name);
            if (value == null || value instanceof Boolean) return Boolean.TRUE.equals(value);
            error(name, "not_boolean", name + " must be true or false");
            return false;
        }

        private @Nullable UUID id(String name, TypeId kind) {
            String text = text(name, 64);
            if (text.isEmpty()) return null;
            UUID id = kind.parse(text).orElse(null);
            if (id == null) error(name, "bad_id", name + " is not an id that begins with " + kind.prefix());
            return id;
        }

        /** Only web addresses: reports show them, and somebody may click on one. */
        private String landingPage() {
            String page = text("landingPage", Visit.LANDING_PAGE_LIMIT);
            if (page.isEmpty() || page.startsWith("https://") || page.startsWith("http://")) return page;
            error("landingPage", "bad_url", "landingPage must be an http or https address");
            return "";
        }

        private Map<String, String> adParams() {
            Object value = body.getValue("adParams");
            if (value == null) return Map.of();
            if (!(value instanceof JsonObject given)) {
                error("adParams", "not_object", "adParams must be an object of strings");
                return Map.of();
            }
            Map<String, String> kept = new TreeMap<>();
            for (String name : given.fieldNames()) {
                String path = "adParams." + name;
                if (VisitQuery.PAID_CLICK.contains(name)) {
                    String text = text(path, given.getValue(name), VisitQuery.AD_VALUE_LIMIT);
                    if (!text.isEmpty()) kept.put(name, text);
                } else {
                    error(path, "unknown", "There is no field of this name");
                }
            }
            return kept;
        }

        private void error(String field, String code, String message) {
            // A stranger chose the name, so it is not repeated at any length.
            String named = field.length() > CODE_LIMIT ? field.substring(0, CODE_LIMIT) : field;
            if (errors.size() < FIELDS.size()) errors.add(new FieldError(named, code, message));
        }
    }
}
