package bare;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Answers some JSON and asks nothing: what any endpoint of this framework costs at least. */
@Path("/board")
public class BoardResource {
    public record Row(int rank, String name, long value) {}

    public record Answer(String id, List<Row> data) {}

    @GET
    public Answer get() {
        return new Answer(
                "board",
                IntStream.rangeClosed(1, 10).mapToObj(i -> new Row(i, "J.S.", 1_000L - i)).toList());
    }
}
