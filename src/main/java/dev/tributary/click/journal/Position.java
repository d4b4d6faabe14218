package dev.tributary.click.journal;

/** A place in the journal: a segment's number and an offset in it. Positions compare as they were written. */
public record Position(int segment, int offset) implements Comparable<Position> {
    static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        return segment != other.segment
                ? Integer.compare(segment, other.segment)
                : Integer.compare(offset, other.offset);
    }
}
