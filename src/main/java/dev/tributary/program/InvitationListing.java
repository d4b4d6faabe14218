package dev.tributary.program;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invitation with what is shown beside it: whom it is for, and what came of it. */
record InvitationListing(
        Invitation invitation,
        String programName,
        String name,
        String email,
        @Nullable UUID enrollmentId,
        @Nullable String enrollmentCode) {}
