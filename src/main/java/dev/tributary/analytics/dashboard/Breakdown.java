package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.FigureQueries;
import dev.tributary.analytics.figure.Figures;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who or what brought the most. */
final class Breakdown {
    private Breakdown() {}

    /** One source tag. */
    @Schema(name = "SourceLine")
    record Source(
            @Schema(examples = "newsletter", description = "'': without a source tag") String src,
            @Schema(examples = "640") long clicks,
            @Schema(examples = "31", description = "Sign-ups") long leads,
            @Schema(examples = "12") long sales,
            @Schema(examples = "484", description = "Sign-ups for each 10,000 clicks") long leadRateBps,
            @Schema(examples = "187", description = "Sales for each 10,000 clicks") long saleRateBps,
            Money revenue,
            Money commission) {
        static List<Source> of(List<FigureQueries.Part> parts, String currency) {
            return parts.stream()
                    .map(part -> {
                        Figures f = part.figures();
                        return new Source(
                                part.value(),
                                f.clicks(),
                                f.leads(),
                                f.sales(),
                                rate(f.leads(), f.clicks()),
                                rate(f.sales(), f.clicks()),
                                new Money(f.revenue(), currency),
                                new Money(f.commission(), currency));
                    })
                    .toList();
        }
    }

    /** One link. */
    @Schema(name = "TopLink")
    record Link(
            @Schema(examples = "lnk_01h455vb4pex5vsknk084sn02q") String linkId,
            @Schema(examples = "ECO10") String code,
            @Schema(examples = "640") long clicks,
            @Schema(examples = "31") long leads,
            @Schema(examples = "12") long sales,
            Money revenue,
            Money commission) {
        static List<Link> of(List<FigureQueries.Named> links, String currency) {
            return links.stream()
                    .map(link -> new Link(
                            TypeId.LINK.format(link.id()),
                            link.name(),
                            link.figures().clicks(),
                            link.figures().leads(),
                            link.figures().sales(),
                            new Money(link.figures().revenue(), currency),
                            new Money(link.figures().commission(), currency)))
                    .toList();
        }
    }

    /** One affiliate. */
    @Schema(name = "TopAffiliate")
    record Affiliate(
            @Schema(examples = "1") int rank,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Ecofluencer") String name,
            @Schema(examples = "640") long clicks,
            @Schema(examples = "31") long leads,
            @Schema(examples = "12") long sales,
            Money revenue,
            Money commission) {
        static List<Affiliate> of(List<FigureQueries.Named> affiliates, String currency) {
            return java.util.stream.IntStream.range(0, affiliates.size())
                    .mapToObj(i -> of(i + 1, affiliates.get(i), currency))
                    .toList();
        }

        private static Affiliate of(int rank, FigureQueries.Named found, String currency) {
            return new Affiliate(
                    rank,
                    TypeId.AFFILIATE.format(found.id()),
                    found.name(),
                    found.figures().clicks(),
                    found.figures().leads(),
                    found.figures().sales(),
                    new Money(found.figures().revenue(), currency),
                    new Money(found.figures().commission(), currency));
        }
    }

    private static long rate(long part, long whole) {
        return whole == 0 ? 0 : Math.round(part * 10_000.0 / whole);
    }
}
