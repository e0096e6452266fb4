package dev.lintel.examples.elsewhere;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that lasts as long as an example: the JDK's own keytool, and a folder that is gone afterwards. */
final class Authority implements AutoCloseable {
    private static final String PASSWORD = "of-an-example";

    private final Path folder;

    private Authority(Path folder) {
        this.folder = folder;
    }

    static Authority make() throws IOException, InterruptedException {
        Authority authority = new Authority(Files.createTempDirectory("authority"));
        authority.keytool("-alias", "ca", "-dname", "CN=An authority of its own", "-ext", "bc:critical=ca:true");
        return authority;
    }

    /** A server for whom the authority vouches under one name, and no other. */
    SSLContext vouchFor(String name) throws IOException, InterruptedException {
        keytool("-alias", name, "-dname", "CN=server", "-ext", "san=dns:" + name, "-signer", "ca");
        try {
            KeyStore all = store();
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "own",
                    all.getKey(name, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(name));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The authority's certificate, as whoever trusts it is given it. */
    String pem() throws IOException {
        try {
            byte[] der = store().getCertificate("ca").getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve("store.p12").toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("store.p12"));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
