package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JWSAlgorithm;

/** How tokens are signed (RFC 7518, 3.1; RFC 8037, 3.1). */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256 and keys of 2048 bits: understood everywhere, and cheap to verify. */
    RS256("RS256"),
    /** ECDSA on P-256 with SHA-256: short keys and signatures, made quickly, dearer to verify. */
    ES256("ES256"),
    /** Ed25519 under the name that verifiers know today: short, and nothing to choose badly. */
    EDDSA("EdDSA");

    private final String code;

    SigningAlgorithm(String code) {
        this.code = code;
    }

    /** As it stands in a header. */
    String code() {
        return code;
    }

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(code);
    }
}
