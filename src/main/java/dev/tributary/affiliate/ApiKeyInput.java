package dev.tributary.affiliate;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A new key of an affiliate, which reads that affiliate's figures. */
record ApiKeyInput(@Schema(examples = "Weekly spreadsheet", minLength = 1, maxLength = 100) @Nullable String name) {}
