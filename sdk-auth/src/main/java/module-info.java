/** OAuth2: the policy, its verbs and its meaning. */
@org.jspecify.annotations.NullMarked
module dev.lintel.auth {
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires com.fasterxml.jackson.annotation;

    exports dev.lintel.auth;

    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.auth.OAuth2Compiler;
}
