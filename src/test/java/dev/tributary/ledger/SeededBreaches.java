package dev.tributary.ledger;

import java.util.List;

/**
 * Ways to make one room's books wrong, each of which one check must find: a check for which there is none is not believed.
 * Found by CDI; each is carried out in a transaction that is rolled back, and may use whatever enrollment there is.
 */
public interface SeededBreaches {
    List<Breach> all();

    /**
     * @param check the name of the check that finds it
     * @param sql statements that put triggers and constraints out of the way where they would refuse it
     */
    record Breach(String check, String sql) {}
}
