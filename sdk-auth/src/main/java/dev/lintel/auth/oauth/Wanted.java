package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.wire.Form;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a token is wanted for.
 *
 * @param scopes what it may do; empty for what the server gives by itself
 * @param resources where it is to be used (RFC 8707, 2)
 * @param audiences the same as names that the server knows (RFC 8693, 2.1)
 */
record Wanted(List<String> scopes, List<URI> resources, List<String> audiences) {
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    Wanted {
        scopes = List.copyOf(scopes);
        resources = List.copyOf(resources);
        audiences = List.copyOf(audiences);
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                throw new IllegalArgumentException("a scope must be visible ASCII without spaces, quotes and"
                        + " backslashes (RFC 6749, 3.3), but was '" + scope + "'");
            }
        }
        for (URI resource : resources) {
            if (!resource.isAbsolute() || resource.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "a resource must be an absolute URI without fragment (RFC 8707, 2), but was '" + resource
                                + "'");
            }
        }
        for (String audience : audiences) {
            if (audience.isBlank()) {
                throw new IllegalArgumentException("an audience must not be blank");
            }
        }
    }

    static Wanted of(String... scopes) {
        return new Wanted(List.of(scopes), List.of(), List.of());
    }

    Wanted resource(URI uri) {
        return new Wanted(scopes, plus(resources, uri), audiences);
    }

    Wanted audience(String name) {
        return new Wanted(scopes, resources, plus(audiences, name));
    }

    Form to(Form form) {
        return form.scopes(scopes).each("resource", resources).each("audience", audiences);
    }

    static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
