package dev.lintel.core.evaluate;

/** Why something may leave, or may not. */
public enum EgressReason {
    /** Nobody says in this world what may leave. */
    OPEN,
    /** A rule lets it out. */
    LISTED,
    /** No rule of the namespace names the host. */
    UNLISTED,
    /** The rule that governs the host is for other applications. */
    OTHERS,
    /** The rule that governs the host does not name the port, or the port is none. */
    PORT,
    /** Port 25 is for mail servers: whoever may reach it can send mail in everybody's name. */
    MAIL,
    /** The host is an address, or no host name at all. */
    NO_NAME
}
