package dev.lintel.auth.register;

/** How far a client's secret has come; it stands in the sink's notes, so that whoever goes on knows. */
public enum RotationPhase {
    /** The client is being registered; its secret is not here yet. */
    MAKING,
    /** One secret is in force, and it is the one that is here. */
    STABLE,
    /** A new secret is being made at the server; the one that is here is the old one. */
    ADDING,
    /** The new secret is here, and the old one is in force until programs use the new one. */
    MOVING,
    /** Programs use the new secret; the old one is being ended. */
    ENDING
}
