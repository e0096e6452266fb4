package dev.lintel.auth.token;

import dev.lintel.auth.token.TokenEvent.Acquired;
import dev.lintel.auth.token.TokenEvent.BackedOff;
import dev.lintel.auth.token.TokenEvent.Drifted;
import dev.lintel.auth.token.TokenEvent.Invalidated;
import dev.lintel.auth.token.TokenEvent.Refused;
import dev.lintel.auth.token.TokenEvent.Rotated;
import dev.lintel.auth.token.TokenEvent.ScopesMissing;
import dev.lintel.auth.token.TokenEvent.StaleServed;
import dev.lintel.auth.token.TokenEvent.StepUp;

/**
 * Who is told what happens to tokens, for metrics and logs. It is called on the thread where it happens, sometimes a
 * caller's, and never while a lock is held: be quick, do not block. What it throws is logged by its class and hurts nobody.
 */
public interface TokenListener {
    /**
     * A new token is there.
     *
     * @param event what is known about it
     */
    default void onAcquired(Acquired event) {}

    /**
     * A caller got a token past its soft deadline.
     *
     * @param event which
     */
    default void onStaleServed(StaleServed event) {}

    /**
     * A request failed, and no other is made for a while.
     *
     * @param event why and for how long
     */
    default void onBackoff(BackedOff event) {}

    /**
     * A new refresh token came with a new token.
     *
     * @param event which
     */
    default void onRotated(Rotated event) {}

    /**
     * The clocks have drifted apart.
     *
     * @param event how far
     */
    default void onDrift(Drifted event) {}

    /**
     * A token was thrown away before its time, because somebody refused it.
     *
     * @param event which
     */
    default void onInvalidated(Invalidated event) {}

    /**
     * Fewer scopes were granted than were asked for.
     *
     * @param event which are missing
     */
    default void onScopesMissing(ScopesMissing event) {}

    /**
     * A caller was refused at once.
     *
     * @param event why
     */
    default void onRefused(Refused event) {}

    /**
     * A resource wants a token with more: other scopes, or a fresher or stronger login of its user.
     *
     * @param event what it wants
     */
    default void onStepUp(StepUp event) {}
}
