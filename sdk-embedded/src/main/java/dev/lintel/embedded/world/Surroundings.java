package dev.lintel.embedded.world;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.balance.Tally;
import dev.lintel.embedded.balance.Time;

/**
 * What the rules about workloads need of the gateway that they hold in.
 *
 * @param time the time of sweeps and checks
 * @param draw the chance
 * @param here where the gateway runs
 * @param prober asks workloads whether they are well
 * @param tally counts for all of them together
 * @param meters how calls to versions went
 */
public record Surroundings(Time time, Draw draw, Locality here, Prober prober, Tally tally, Meters meters) {}
