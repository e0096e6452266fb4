package dev.lintel.mesh.istio;

import java.util.Locale;

/** The lines of Istio for which this dialect knows what holds. */
public enum IstioVersion {
    /** Istio 1.27. */
    V1_27,
    /** Istio 1.28. */
    V1_28,
    /** Istio 1.29. */
    V1_29,
    /** Istio 1.30. */
    V1_30,
    /** Istio 1.31. */
    V1_31;

    /** The newest of them, which is written for unless another is named. */
    public static final IstioVersion NEWEST = V1_31;

    /**
     * Whether something that came with a line is there.
     *
     * @param other the line in which it came
     * @return true for the same line and newer ones
     */
    public boolean isAtLeast(IstioVersion other) {
        return compareTo(other) >= 0;
    }

    /** The line as Istio writes it, for example {@code 1.31}. */
    @Override
    public String toString() {
        return name().substring(1).replace('_', '.').toLowerCase(Locale.ROOT);
    }
}
