package dev.tributary.conversion;

/** Told after a commit that conversions are due. Found by CDI; quick, and allowed to be lost: whoever takes them sweeps too. */
public interface ConversionsDue {
    void nudge();
}
