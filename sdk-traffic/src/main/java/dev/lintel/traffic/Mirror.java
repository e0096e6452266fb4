package dev.lintel.traffic;

import dev.lintel.core.Policy;

/**
 * Sends copies of calls to a version and throws its answers away; the caller waits for none of it. May be said for several
 * versions, each drawn by itself. A service policy: it governs calls from inside as well.
 *
 * @param version the version that gets copies
 * @param percent of how many calls, 1 to 100
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMirrorPolicy">Istio,
 *     HTTPMirrorPolicy</a>
 */
public record Mirror(String version, int percent) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.mirror/v1";

    /** Checks name and share. */
    public Mirror {
        VersionOf.name(version);
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException(
                    "a mirror gets 1 to 100 percent of the calls, but '" + version + "' was given " + percent);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return version;
    }
}
