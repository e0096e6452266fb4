package dev.lintel.auth.token;

/** How good the token is that a key has. Beside any of them a pause after a failure may last. */
public enum TokenState {
    /** There is none, and none is asked for. */
    EMPTY,
    /** There is none yet, and the first is on its way. */
    LOADING,
    /** There is one, and it is not yet time for the next. */
    FRESH,
    /** It is past its soft deadline: it is handed out at once, and the next is asked for. */
    STALE,
    /** It is past its hard deadline: callers wait for the next. */
    EXPIRED
}
