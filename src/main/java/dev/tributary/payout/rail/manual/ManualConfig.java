package dev.tributary.payout.rail.manual;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the rail. Those of NACHA are what the bank that takes the files has registered. */
@ConfigMapping(prefix = "tributary.payout.manual")
interface ManualConfig {
    /** Whether payouts may be gathered in files for a bank. */
    @WithDefault("true")
    boolean enabled();

    /** Payouts gathered a second at most: each is a row of our own database. */
    @WithDefault("200")
    int perSecond();

    /** The routing number of the bank that takes NACHA files; without it there are only CSV files. */
    Optional<String> nachaBank();

    /** Its name. */
    Optional<String> nachaBankName();

    /** The sender's ten characters in the file header, often 1 and the employer's number. */
    Optional<String> nachaFileId();

    /** The sender's name. */
    Optional<String> nachaName();

    /** What payees see, at most 16 characters. */
    Optional<String> nachaCompanyName();

    /** The company's ten characters. */
    Optional<String> nachaCompanyId();

    /** What payees see beside it, at most 10 characters. */
    @WithDefault("AFFILIATE")
    String nachaDescription();

    /** The bank's time zone, in which a file has its date. */
    @WithDefault("America/New_York")
    String zone();
}
