package dev.tributary.affiliate;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The one answer to every report, whether or not the code is anybody's. */
@Schema(name = "AbuseReportReceived")
record AbuseReportReceived(@Schema(examples = "received") String status) {
    static final AbuseReportReceived ANSWER = new AbuseReportReceived("received");
}
