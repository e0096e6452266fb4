package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the journal and the lease of an inventory are: a ConfigMap and a Lease of one name.
 *
 * @param namespace theirs
 * @param inventory empty for the unnamed one
 */
record JournalPlace(String namespace, String inventory) {
    /** The label of both; its value is the inventory. They do not carry {@link Manifest#MANAGED_BY}, and are no objects of ours. */
    static final String LABEL = "lintel.dev/journal";

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final int BYTES = 8;

    /** Values of labels are not all names of objects: those that are none are named by their digest. */
    String name() {
        if (inventory.isEmpty()) {
            return "lintel";
        }
        return PLAIN.matcher(inventory).matches() ? "lintel." + inventory : "lintel.inventory." + digest();
    }

    private String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(inventory.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String journals() {
        return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    String journal() {
        return journals() + "/" + name();
    }

    String leases() {
        return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
    }

    String lease() {
        return leases() + "/" + name();
    }

    Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name());
        metadata.put("namespace", namespace);
        metadata.put("labels", Map.of(LABEL, inventory));
        return metadata;
    }

    @Override
    public String toString() {
        return namespace + "/" + name();
    }
}
