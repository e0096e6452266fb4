package dev.lintel.core;

/**
 * A type through which a definition is said: chains, verbs, entry points and the values of policies.
 *
 * <p>{@link Origin#ofCaller()} passes such types over, so that a problem names the user's line and not ours.
 */
public interface Speaker {}
