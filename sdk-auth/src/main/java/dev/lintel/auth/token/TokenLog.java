package dev.lintel.auth.token;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a log should hold: the beginning of an outage, and what somebody has to look at; the rest at {@code DEBUG}. */
final class TokenLog implements TokenListener {
    private static final Logger LOG = LoggerFactory.getLogger(TokenHandle.class);

    private volatile boolean down;

    @Override
    public void onAcquired(TokenEvent.Acquired event) {
        down = false;
        LOG.debug("A token for client '{}' until {}", event.key().client(), event.expires());
    }

    @Override
    public void onBackoff(TokenEvent.BackedOff event) {
        if (down) {
            LOG.debug("Still no token for client '{}', because {}", event.key().client(), event.why());
            return;
        }
        down = true;
        LOG.warn(
                "No token for client '{}', because {}; asking again in {} ms",
                event.key().client(),
                event.why(),
                event.pause().toMillis());
    }

    @Override
    public void onDrift(TokenEvent.Drifted event) {
        LOG.warn(
                "The wall clock moved by {} against the monotonic one; a new token is asked for client '{}'",
                event.drift(),
                event.key().client());
    }

    @Override
    public void onScopesMissing(TokenEvent.ScopesMissing event) {
        LOG.warn(
                "The token for client '{}' came without the scopes {}",
                event.key().client(),
                event.missing());
    }
}
