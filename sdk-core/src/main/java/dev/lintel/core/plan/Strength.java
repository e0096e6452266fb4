package dev.lintel.core.plan;

/** How hard a guarantee is: what it takes to get around it. */
public enum Strength {
    /** Kept outside the workload's reach: by the network, by another machine, or by the process that is asked itself. */
    HARD,
    /** Kept by a proxy beside or in front of the workload; who controls the workload or its network can pass by. */
    PROXY,
    /** Not kept by this world. */
    NONE
}
