package dev.lintel.embedded.elsewhere;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server if somebody vouches for it and its certificate has one of some names as a subject alternative name (RFC
 * 9525, 6.3). The address that is connected to, the name that is sent and the common name count for nothing.
 */
final class NamedTrust extends X509ExtendedTrustManager {
    private static final int DNS = 2;

    private final X509ExtendedTrustManager vouching;
    private final List<String> names;

    NamedTrust(X509ExtendedTrustManager vouching, List<String> names) {
        this.vouching = vouching;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        vouching.checkServerTrusted(chain, authType, engine);
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        vouching.checkServerTrusted(chain, authType, socket);
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        vouching.checkServerTrusted(chain, authType);
        check(chain[0]);
    }

    private void check(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        boolean named = alternatives != null
                && alternatives.stream()
                        .filter(name -> Integer.valueOf(DNS).equals(name.get(0)))
                        .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                        .anyMatch(name -> names.stream().anyMatch(wanted -> covers(name, wanted)));
        if (!named) {
            throw new CertificateException("the certificate is for none of " + names);
        }
    }

    /** A star stands for one whole label, the first, of a name with at least two labels more. */
    static boolean covers(String presented, String wanted) {
        if (!presented.startsWith("*.")) {
            return presented.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        String rest = presented.substring(1);
        return dot > 0 && rest.indexOf('.', 1) > 0 && wanted.substring(dot).equals(rest);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return vouching.getAcceptedIssuers();
    }
}
