package dev.tributary.payout.rail;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
public final class KeptNotices implements Notices, RecipientNotices {
    private final List<Notice> notices = new ArrayList<>();
    private final List<Recipient> recipients = new ArrayList<>();

    @Override
    public synchronized Uni<Outcome> take(SqlConnection tx, String rail, Notice notice) {
        boolean known = notices.stream().anyMatch(each -> each.eventId().equals(notice.eventId()));
        if (!known) notices.add(notice);
        return Uni.createFrom().item(known ? Outcome.REPEATED : Outcome.TAKEN);
    }

    @Override
    public synchronized Uni<Void> changed(SqlConnection tx, String rail, Recipient now) {
        recipients.add(now);
        return Uni.createFrom().voidItem();
    }

    public synchronized List<Notice> notices() {
        return List.copyOf(notices);
    }

    public synchronized List<Recipient> recipients() {
        return List.copyOf(recipients);
    }
}
