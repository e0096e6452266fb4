package dev.lintel.mesh.istio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of objects that are made of other names, and may get too long. */
final class ObjectName {
    private static final int LONGEST = 63;
    private static final int DIGITS = 8;

    private ObjectName() {}

    /** The name itself, or its beginning and eight digits of its SHA-256, so that two long ones stay apart. */
    static String fit(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        String start = name.substring(0, LONGEST - DIGITS - 1);
        while (start.endsWith(".") || start.endsWith("-")) {
            start = start.substring(0, start.length() - 1);
        }
        return start + "-" + digits(name);
    }

    private static String digits(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
