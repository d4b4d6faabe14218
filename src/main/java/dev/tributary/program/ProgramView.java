package dev.tributary.program;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A program as the API shows it. */
@Schema(name = "Program")
record ProgramView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "Acme Shop") String name,
        @Schema(examples = "acme-shop") String slug,
        @Schema(examples = "https://shop.example.com/welcome") String landingUrl,
        List<String> allowedHosts,
        @Schema(examples = "USD") String currency,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "tributary") String utmSource,
        @Schema(examples = "30") int windowDays,
        boolean honorGpc,
        boolean active,
        Instant createdAt,
        Instant updatedAt) {
    static ProgramView of(Program p) {
        return new ProgramView(
                TypeId.PROGRAM.format(p.id()),
                p.name(),
                p.slug(),
                p.landingUrl(),
                p.allowedHosts(),
                p.currency(),
                p.timeZone(),
                p.utmSource(),
                p.windowDays(),
                p.honorGpc(),
                p.active(),
                p.createdAt(),
                p.updatedAt());
    }
}
