package dev.lintel.auth.oauth.credential;

/** A client without a credential. */
record Public() implements ClientAuthentication {
    @Override
    public String method() {
        return "none";
    }

    @Override
    public Credentials credentials(Asking asking) {
        return Credentials.id(asking.clientId());
    }
}
