/** OAuth2: the policy, its verbs and its meaning; the verification of tokens, and clients that get them. */
// The embedded server fetches keys with the same client; alone, this module cannot see it.
@SuppressWarnings("module")
@org.jspecify.annotations.NullMarked
module dev.lintel.auth {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires com.nimbusds.jose.jwt;
    requires transitive java.net.http;
    requires transitive java.sql;
    requires transitive org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;
    requires static micrometer.core;
    // HttpClient's connections use it, and an automatic module cannot say so.
    requires jdk.net;

    exports dev.lintel.auth;
    exports dev.lintel.auth.caller;
    exports dev.lintel.auth.client;
    exports dev.lintel.auth.jwt;
    exports dev.lintel.auth.micrometer;
    exports dev.lintel.auth.net to
            dev.lintel.embedded;
    exports dev.lintel.auth.store;
    exports dev.lintel.auth.store.file;
    exports dev.lintel.auth.store.jdbc;
    exports dev.lintel.auth.oauth;
    exports dev.lintel.auth.oauth.credential;
    exports dev.lintel.auth.oauth.registration;
    exports dev.lintel.auth.oauth.server;
    exports dev.lintel.auth.opa;
    exports dev.lintel.auth.opa.bundle;
    exports dev.lintel.auth.opa.rego;
    exports dev.lintel.auth.register;
    exports dev.lintel.auth.token;

    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.auth.OAuth2Compiler,
            dev.lintel.auth.LoginCompiler,
            dev.lintel.auth.opa.ExtAuthzCompiler,
            dev.lintel.auth.opa.OpaCompiler,
            dev.lintel.auth.caller.CallersCompiler;
}
