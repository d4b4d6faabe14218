package dev.tributary.payout;

/**
 * What the books say of one payout once it has ended, in minor units of its net.
 *
 * @param settled what was booked as paid: nothing or the whole net
 * @param returned what was booked as come back since, in all
 * @param overpaid what was booked as left beyond that, in all
 * @param corrections how many entries the last two are, which numbers the next
 */
public record Booked(long settled, long returned, long overpaid, int corrections) {
    public static final Booked NOTHING = new Booked(0, 0, 0, 0);

    Booked settled(long net) {
        return new Booked(net, returned, overpaid, corrections);
    }

    Booked returned(long more) {
        return new Booked(settled, Math.addExact(returned, more), overpaid, corrections + 1);
    }

    Booked overpaid(long more) {
        return new Booked(settled, returned, Math.addExact(overpaid, more), corrections + 1);
    }

    /** What has left and not come back, as booked. */
    public long outMinor() {
        return settled - returned + overpaid;
    }
}
