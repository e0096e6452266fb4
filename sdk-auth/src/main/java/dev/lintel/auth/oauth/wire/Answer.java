package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Reply;
import java.net.URI;
import java.time.Instant;

/**
 * An answer, and what belongs to it.
 *
 * @param where the endpoint
 * @param reply what it answered
 * @param asked this machine's time just before the request was sent
 */
public record Answer(URI where, Reply reply, Instant asked) {
    /**
     * The members of the body.
     *
     * @return a JSON object
     * @throws FetchException if the body is none
     */
    public Members members() throws FetchException {
        return Members.of(where, reply);
    }
}
