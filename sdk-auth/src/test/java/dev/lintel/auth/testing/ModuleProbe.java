package dev.lintel.auth.testing;

import dev.lintel.auth.OAuth2;
import dev.lintel.auth.client.Tokens;
import dev.lintel.core.Secret;
import dev.lintel.core.engine.Kinds;
import java.io.PrintStream;
import java.net.URI;

/** What {@code ModulePathTest} runs in a JVM that has nothing but what the module asks for. */
public final class ModuleProbe {
    private ModuleProbe() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        out.println(OAuth2.class.getModule().getName());
        out.println(Kinds.installed().policy(OAuth2.KIND).orElseThrow().getName());
        URI nowhere = URI.create("http://127.0.0.1:1/token");
        try (Tokens tokens = Tokens.clientCredentials(nowhere, "shop", Secret.of("s3cret"))) {
            out.println(tokens.token());
        } catch (RuntimeException e) {
            out.println(e.getMessage());
        }
    }
}
