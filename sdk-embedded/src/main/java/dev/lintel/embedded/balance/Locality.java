package dev.lintel.embedded.balance;

/**
 * Where a workload runs, from wide to narrow (Envoy, Locality).
 *
 * @param region empty if it is not known
 * @param zone empty if it is not known
 * @param subzone empty if it is not known
 */
public record Locality(String region, String zone, String subzone) {
    /** Nobody said where. */
    public static final Locality UNKNOWN = new Locality("", "", "");

    /**
     * Reads a locality.
     *
     * @param text {@code region}, {@code region/zone} or {@code region/zone/subzone}
     * @return the locality
     * @throws IllegalArgumentException if it has more parts, or an empty one
     */
    public static Locality of(String text) {
        String[] parts = text.split("/", -1);
        boolean good = parts.length <= 3;
        for (String part : parts) {
            good &= !part.isBlank();
        }
        if (!good) {
            throw new IllegalArgumentException(
                    "a locality is 'region', 'region/zone' or 'region/zone/subzone', but was '" + text + "'");
        }
        return new Locality(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** How far it is from here: 0 where all parts are the same, 3 where the region differs; 0 if here is not known. */
    int distance(Locality here) {
        if (here.equals(UNKNOWN) || equals(here)) {
            return 0;
        }
        if (!region.equals(here.region)) {
            return 3;
        }
        return zone.equals(here.zone) ? 1 : 2;
    }

    @Override
    public String toString() {
        return region + (zone.isEmpty() ? "" : "/" + zone) + (subzone.isEmpty() ? "" : "/" + subzone);
    }
}
