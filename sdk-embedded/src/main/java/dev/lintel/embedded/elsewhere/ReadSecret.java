package dev.lintel.embedded.elsewhere;

import dev.lintel.auth.oauth.credential.Asking;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.Credentials;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A client's secret that is read anew whenever it is shown. */
public final class ReadSecret implements ClientAuthentication {
    private final SecretRef ref;
    private final SecretReader secrets;
    private volatile @Nullable Secret used;
    private volatile boolean missed;

    /** A secret of which nothing is read yet. */
    public ReadSecret(SecretRef ref, SecretReader secrets) {
        this.ref = ref;
        this.secrets = secrets;
    }

    @Override
    public String method() {
        return "client_secret_basic";
    }

    @Override
    public Credentials credentials(Asking asking) throws TokenFetchException {
        try {
            Secret secret = secrets.read(ref);
            used = secret;
            missed = false;
            return ClientSecret.basic(secret).credentials(asking);
        } catch (IOException e) {
            missed = true;
            throw new TokenFetchException(Kind.PERMANENT, String.valueOf(e.getMessage()), null, null);
        }
    }

    /** Whether there is another secret now than when one was wanted last. May block. */
    boolean hasChanged() {
        try {
            Secret secret = secrets.read(ref);
            return missed || used != null && !secret.equals(used);
        } catch (IOException e) {
            return false;
        }
    }
}
