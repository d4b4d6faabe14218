package dev.tributary.payout.tax;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Forms as good people fill them in, to be spoiled by tests field by field. */
public final class Papers {
    public static final Instant SIGNED = Instant.parse("2026-11-21T12:00:00Z");
    static final PostalAddress SPRINGFIELD = new PostalAddress("1 Main Street", "", "Springfield", "IL", "62701", "US");
    static final PostalAddress BERLIN = new PostalAddress("Hauptstraße 1", "", "Berlin", "", "10115", "DE");

    private Papers() {}

    public static W9 w9() {
        return w9(UnaryOperator.identity());
    }

    static W9 w9(UnaryOperator<Fields> change) {
        Fields f = change.apply(new Fields());
        return new W9(
                f.name,
                f.businessName,
                f.classification,
                f.otherClassification,
                f.foreignOwners,
                f.exemptPayeeCode,
                f.fatcaCode,
                f.address,
                "",
                f.tin,
                f.notified,
                new Signature(f.signedBy, f.capacity, f.agreed, SIGNED));
    }

    public static W8Ben w8() {
        return w8(UnaryOperator.identity());
    }

    static W8Ben w8(UnaryOperator<Fields> change) {
        Fields f = new Fields();
        f.address = BERLIN;
        f.tin = null;
        f = change.apply(f);
        return new W8Ben(
                f.name,
                f.citizenship,
                f.address,
                f.mailing,
                f.tin,
                f.foreignNumber,
                f.noForeignNumber,
                "",
                f.bornOn,
                f.treaty,
                new Signature(f.signedBy, f.capacity, f.agreed, SIGNED));
    }

    /** What both forms ask. */
    static final class Fields {
        String name = "Ann Example";
        String businessName = "";
        Classification classification = Classification.INDIVIDUAL;
        String otherClassification = "";
        boolean foreignOwners;
        String exemptPayeeCode = "";
        String fatcaCode = "";
        PostalAddress address = SPRINGFIELD;

        @Nullable
        PostalAddress mailing;

        @Nullable
        Tin tin = new Tin(TinKind.SSN, "536221234");

        boolean notified;
        String citizenship = "DE";
        String foreignNumber = "12 345 678 901";
        boolean noForeignNumber;
        LocalDate bornOn = LocalDate.of(1990, 2, 28);

        @Nullable
        Treaty treaty;

        String signedBy = "Ann Example";
        String capacity = "";
        boolean agreed = true;
    }
}
