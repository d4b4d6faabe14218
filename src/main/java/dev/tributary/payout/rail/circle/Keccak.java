package dev.tributary.payout.rail.circle;

/**
 * The hash that Ethereum calls Keccak-256: SHA-3 as it was before its padding was changed, which the JDK does not have.
 *
 * @see <a href="https://keccak.team/keccak_specs_summary.html">specification summary</a>
 */
final class Keccak {
    private static final int RATE = 136;
    private static final int ROUNDS = 24;
    private static final int LANES = 25;
    private static final int OUTPUT = 32;

    private Keccak() {}

    /** Of at most one block, which an address is far from. */
    static byte[] of(byte[] message) {
        if (message.length >= RATE) throw new IllegalArgumentException("One block at most");
        byte[] block = java.util.Arrays.copyOf(message, RATE);
        block[message.length] ^= 0x01;
        block[RATE - 1] ^= (byte) 0x80;
        long[] state = new long[LANES];
        for (int i = 0; i < RATE; i++) state[i / 8] ^= (block[i] & 0xFFL) << 8 * (i % 8);
        permute(state);
        byte[] hash = new byte[OUTPUT];
        for (int i = 0; i < OUTPUT; i++) hash[i] = (byte) (state[i / 8] >>> 8 * (i % 8));
        return hash;
    }

    private static void permute(long[] state) {
        int lfsr = 1;
        for (int round = 0; round < ROUNDS; round++) {
            theta(state);
            rhoAndPi(state);
            chi(state);
            for (int j = 0; j < 7; j++) {
                if ((lfsr & 1) != 0) state[0] ^= 1L << (1 << j) - 1;
                lfsr = (lfsr & 0x80) == 0 ? lfsr << 1 : lfsr << 1 ^ 0x171;
            }
        }
    }

    private static void theta(long[] state) {
        long[] columns = new long[5];
        for (int i = 0; i < LANES; i++) columns[i % 5] ^= state[i];
        for (int i = 0; i < LANES; i++) state[i] ^= columns[(i + 4) % 5] ^ Long.rotateLeft(columns[(i + 1) % 5], 1);
    }

    private static void rhoAndPi(long[] state) {
        int x = 1;
        int y = 0;
        long moved = state[1];
        for (int step = 0; step < ROUNDS; step++) {
            int nextY = (2 * x + 3 * y) % 5;
            x = y;
            y = nextY;
            long kept = state[x + 5 * y];
            state[x + 5 * y] = Long.rotateLeft(moved, (step + 1) * (step + 2) / 2 % 64);
            moved = kept;
        }
    }

    private static void chi(long[] state) {
        for (int row = 0; row < LANES; row += 5) {
            long[] old = java.util.Arrays.copyOfRange(state, row, row + 5);
            for (int x = 0; x < 5; x++) state[row + x] = old[x] ^ ~old[(x + 1) % 5] & old[(x + 2) % 5];
        }
    }
}
