package dev.tributary.conversion.attribution;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Candidates as a decision keeps them: a JSON array, small because there may be a hundred in each of millions. */
final class Candidates {
    private Candidates() {}

    static JsonArray write(List<Candidate> candidates) {
        JsonArray array = new JsonArray();
        for (Candidate candidate : candidates) {
            JsonObject object = new JsonObject()
                    .put("click", candidate.clickId().toString())
                    .put("enrollment", candidate.enrollmentId().toString())
                    .put("affiliate", candidate.affiliateId().toString())
                    .put("link", candidate.linkId().toString());
            if (!candidate.src().isEmpty()) object.put("src", candidate.src());
            if (candidate.excluded() != null)
                object.put("excluded", candidate.excluded().word());
            if (candidate.weightBps() > 0) object.put("weightBps", candidate.weightBps());
            array.add(object);
        }
        return array;
    }

    static List<Candidate> read(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).map(Candidates::read).toList();
    }

    private static Candidate read(JsonObject object) {
        String excluded = object.getString("excluded");
        return new Candidate(
                UUID.fromString(object.getString("click")),
                UUID.fromString(object.getString("enrollment")),
                UUID.fromString(object.getString("affiliate")),
                UUID.fromString(object.getString("link")),
                object.getString("src", ""),
                excluded == null ? null : Exclusion.of(excluded),
                object.getInteger("weightBps", 0));
    }
}
