package dev.lintel.embedded.serve;

import io.netty.util.Version;
import java.util.Map;
import java.util.TreeMap;

/**
 * The oldest Netty that this gateway runs on: 4.1.139 and 4.2.19, because older ones take messages apart in ways that let
 * requests be smuggled (CVE-2026-89044 and the fixes of codec-http in 4.2.19). An application's own dependency management
 * may bring an older one without anybody noticing.
 */
public final class NettyFloor {
    private NettyFloor() {}

    /**
     * Checks what is on the class path.
     *
     * @throws IllegalStateException naming each artifact that is too old
     */
    public static void check() {
        Map<String, String> versions = new TreeMap<>();
        Version.identify(NettyFloor.class.getClassLoader())
                .forEach((artifact, version) -> versions.put(artifact, version.artifactVersion()));
        String old = tooOld(versions);
        if (!old.isEmpty()) {
            throw new IllegalStateException("the gateway needs Netty 4.1.139 or 4.2.19 at least, but there is " + old
                    + "; import io.netty:netty-bom in a newer version into your dependency management");
        }
    }

    /** The artifacts of the data path that are too old, with their versions. */
    static String tooOld(Map<String, String> versions) {
        StringBuilder old = new StringBuilder();
        versions.forEach((artifact, version) -> {
            boolean ours = artifact.startsWith("netty-codec")
                    || artifact.equals("netty-handler")
                    || artifact.equals("netty-transport")
                    || artifact.equals("netty-common")
                    || artifact.equals("netty-buffer");
            if (ours && isOld(version)) {
                old.append(old.isEmpty() ? "" : ", ")
                        .append(artifact)
                        .append(' ')
                        .append(version);
            }
        });
        return old.toString();
    }

    private static boolean isOld(String version) {
        String[] parts = version.split("[.-]");
        int[] numbers = new int[3];
        for (int i = 0; i < numbers.length; i++) {
            if (i >= parts.length || !parts[i].matches("[0-9]{1,6}")) {
                return true;
            }
            numbers[i] = Integer.parseInt(parts[i]);
        }
        if (numbers[0] != 4) {
            return numbers[0] < 4;
        }
        return switch (numbers[1]) {
            case 0 -> true;
            case 1 -> numbers[2] < 139;
            case 2 -> numbers[2] < 19;
            default -> false;
        };
    }
}
