# The public keys of an issuer are data, a JSON Web Key Set (RFC 7517, 5) by its name.
keys := json.marshal(known_keys[claims.iss])

keys_are_known if keys

signature_is_good if signed(header.alg, bearer, keys)

signed("RS256", raw, keys_) if io.jwt.verify_rs256(raw, keys_)

signed("RS384", raw, keys_) if io.jwt.verify_rs384(raw, keys_)

signed("RS512", raw, keys_) if io.jwt.verify_rs512(raw, keys_)

signed("PS256", raw, keys_) if io.jwt.verify_ps256(raw, keys_)

signed("PS384", raw, keys_) if io.jwt.verify_ps384(raw, keys_)

signed("PS512", raw, keys_) if io.jwt.verify_ps512(raw, keys_)

signed("ES256", raw, keys_) if io.jwt.verify_es256(raw, keys_)

signed("ES384", raw, keys_) if io.jwt.verify_es384(raw, keys_)

signed("ES512", raw, keys_) if io.jwt.verify_es512(raw, keys_)

signed("EdDSA", raw, keys_) if io.jwt.verify_eddsa(raw, keys_)

signed("Ed25519", raw, keys_) if io.jwt.verify_eddsa(raw, keys_)
