package dev.tributary.payout.tax;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a program was told to withhold from an affiliate. */
@Schema(name = "TaxNotice")
record NoticeView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        boolean withhold,
        @Schema(examples = "CP2100 of 2026-10-15") String reason) {}
