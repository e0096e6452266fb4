package dev.lintel.embedded;

import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows one chain to whoever asks, good or not: the JDK's own key managers leave out what they think nobody wants. */
final class Always extends X509ExtendedKeyManager {
    private final KeyPair keys;
    private final X509Certificate[] chain;

    Always(KeyPair keys, X509Certificate... chain) {
        this.keys = keys;
        this.chain = chain.clone();
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return "x";
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return "x";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivate();
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[] {"x"};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return null;
    }
}
