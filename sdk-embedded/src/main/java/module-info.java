/** Everything that listens: the gateway and the authorization server, inside this JVM. */
@org.jspecify.annotations.NullMarked
module dev.lintel.embedded {
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires transitive dev.lintel.auth;
    requires transitive java.net.http;
    requires jdk.httpserver;
    requires transitive org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires com.nimbusds.jose.jwt;
    requires com.fasterxml.jackson.core;
    requires oauth2.oidc.sdk;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    exports dev.lintel.embedded;
    exports dev.lintel.embedded.authorizer;
    exports dev.lintel.embedded.authorization;
    exports dev.lintel.embedded.authorization.chaos;
    exports dev.lintel.embedded.bundle;

    uses dev.lintel.embedded.authorizer.AskerProvider;
}
