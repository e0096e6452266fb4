package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JWSAlgorithm;

/** How access tokens are signed (RFC 7518, 3.1). */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256 and keys of 2048 bits: understood everywhere, and cheap to verify. */
    RS256,
    /** ECDSA on P-256 with SHA-256: short keys and signatures, made quickly, dearer to verify. */
    ES256;

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(name());
    }
}
