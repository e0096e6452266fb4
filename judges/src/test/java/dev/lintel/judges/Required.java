package dev.lintel.judges;

import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether judges that cannot be had are skipped, or fail the build: {@code -Dlintel.judges=required}, as CI says. */
public final class Required {
    private static final Logger LOG = LoggerFactory.getLogger(Required.class);

    private Required() {}

    /** What to throw when a judge cannot be had. */
    public static RuntimeException missing(String reason) {
        if ("required".equals(System.getProperty("lintel.judges"))) {
            throw new AssertionError(reason + ", and lintel.judges is required");
        }
        LOG.warn("skipped: {}", reason);
        return new TestAbortedException(reason);
    }
}
