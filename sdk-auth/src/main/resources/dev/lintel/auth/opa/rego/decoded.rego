# No signature is looked at here: whoever asks for this decision verifies the token afterwards, by the same rules.
keys_are_known := true

signature_is_good if claims_are_good
