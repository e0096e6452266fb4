package dev.lintel.mesh.gatewayapi;

import java.util.Locale;

/** The releases of Gateway API for which this dialect knows what holds. */
public enum GatewayApiVersion {
    /** Gateway API 1.2. */
    V1_2,
    /** Gateway API 1.3. */
    V1_3,
    /** Gateway API 1.4. */
    V1_4,
    /** Gateway API 1.5. */
    V1_5,
    /** Gateway API 1.6. */
    V1_6;

    /** The newest of them, which is written for unless another is named. */
    public static final GatewayApiVersion NEWEST = V1_6;

    /**
     * Whether something that came with a release is there.
     *
     * @param other the release in which it came
     * @return true for the same release and newer ones
     */
    public boolean isAtLeast(GatewayApiVersion other) {
        return compareTo(other) >= 0;
    }

    /** The release as the project writes it, for example {@code 1.6}. */
    @Override
    public String toString() {
        return name().substring(1).replace('_', '.').toLowerCase(Locale.ROOT);
    }
}
