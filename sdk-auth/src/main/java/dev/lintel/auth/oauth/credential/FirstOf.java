package dev.lintel.auth.oauth.credential;

import dev.lintel.auth.token.TokenFetchException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two credentials, of which one is about to replace the other. */
final class FirstOf implements ClientAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOf.class);

    private final ClientAuthentication first;
    private final ClientAuthentication second;
    private volatile boolean turned;

    FirstOf(ClientAuthentication first, ClientAuthentication second) {
        this.first = first;
        this.second = second;
        if (first.inOrder().size() > 1 || second.inOrder().size() > 1) {
            throw new IllegalArgumentException("only two credentials can overlap, but one of them is two already");
        }
    }

    @Override
    public String method() {
        return current().method();
    }

    @Override
    public Credentials credentials(Asking asking) throws TokenFetchException {
        return current().credentials(asking);
    }

    @Override
    public List<ClientAuthentication> inOrder() {
        return turned ? List.of(second, first) : List.of(first, second);
    }

    /** What is told apart is the object, not what it holds: two secrets may be equal for a while. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public void worked(ClientAuthentication one) {
        boolean now = one == second;
        if (now != turned) {
            turned = now;
            LOG.info("The {} of two credentials ({}) is the one that works", now ? "second" : "first", one.method());
        }
    }

    private ClientAuthentication current() {
        return inOrder().get(0);
    }

    @Override
    public String toString() {
        return "first of " + first + " and " + second;
    }
}
