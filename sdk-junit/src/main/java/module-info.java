/** The fixture for tests with JUnit: a gateway and an authorization server that start, reset and stop with the tests. */
@org.jspecify.annotations.NullMarked
module dev.lintel.junit {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.core;
    requires transitive dev.lintel.auth;
    requires transitive dev.lintel.embedded;
    requires transitive java.net.http;
    requires transitive org.junit.jupiter.api;

    exports dev.lintel.junit;
}
