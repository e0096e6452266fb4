package dev.lintel.auth.oauth.credential;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** How a client signs its assertions and proofs (RFC 7518, 3; RFC 8037, 3.1); all are asymmetric. */
public enum SigningAlgorithm {
    /** ECDSA on P-256 with SHA-256; what every server knows. */
    ES256("SHA256withECDSAinP1363Format"),
    /** ECDSA on P-384 with SHA-384. */
    ES384("SHA384withECDSAinP1363Format"),
    /** EdDSA on Ed25519; quick and small, but not known everywhere. */
    EdDSA("Ed25519"),
    /** RSA, PKCS #1 1.5, with SHA-256. */
    RS256("SHA256withRSA"),
    /** RSA, PSS, with SHA-256. */
    PS256("RSASSA-PSS");

    private final String name;

    SigningAlgorithm(String name) {
        this.name = name;
    }

    Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        if (this == PS256) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        return signature;
    }
}
