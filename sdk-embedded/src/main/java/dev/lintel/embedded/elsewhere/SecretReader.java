package dev.lintel.embedded.elsewhere;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Reads secrets at the moment at which they are needed; it may block. */
public final class SecretReader {
    private final Function<SecretRef, Optional<Secret>> secrets;

    /** A reader of what is known by then. */
    public SecretReader(Function<SecretRef, Optional<Secret>> secrets) {
        this.secrets = secrets;
    }

    /** Whether there is such a secret now. */
    public boolean knows(SecretRef ref) {
        return secrets.apply(ref).isPresent();
    }

    /** The secret as it is now. */
    public Secret read(SecretRef ref) throws IOException {
        Optional<Secret> found;
        try {
            found = secrets.apply(ref);
        } catch (RuntimeException e) {
            // Calls wait for the answer, whatever it is; and what an application throws may show what it read.
            throw new IOException(
                    "the secret " + ref + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return found.orElseThrow(() -> new IOException("the secret " + ref + " is not there"));
    }
}
