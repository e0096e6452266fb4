/** The one dependency most users add: entry points, and chains composed of every module's verbs. */
@org.jspecify.annotations.NullMarked
module dev.lintel.sdk {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires transitive dev.lintel.auth;
    requires transitive dev.lintel.graphql;
    requires transitive dev.lintel.traffic;

    exports dev.lintel.sdk;
}
