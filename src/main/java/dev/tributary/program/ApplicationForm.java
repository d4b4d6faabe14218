package dev.tributary.program;

import dev.tributary.affiliate.Channel;
import java.util.List;

/**
 * How an applicant means to promote a program, as it was sent: it stays so, whatever becomes of their profile.
 *
 * @param channels where they reach people
 * @param promotion in their own words
 */
record ApplicationForm(List<Channel> channels, String promotion) {
    ApplicationForm {
        channels = List.copyOf(channels);
    }
}
