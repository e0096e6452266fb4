package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.CodeRequest.Target;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.login.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends a browser back to the client (RFC 6749, 4.1.2), and says who does so (RFC 9207). */
final class CodeAnswers {
    private final URI issuer;

    CodeAnswers(URI issuer) {
        this.issuer = issuer;
    }

    Reply granted(Target target, String code) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", code);
        return answer(target, parameters);
    }

    Reply refused(Target target, OAuthError error) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error.code().code());
        parameters.put("error_description", String.valueOf(error.getMessage()));
        return answer(target, parameters);
    }

    private Reply answer(Target target, Map<String, String> parameters) {
        if (target.state() != null) {
            parameters.put("state", target.state());
        }
        parameters.put("iss", issuer.toString());
        return Page.guarded(Reply.seeOther(with(target.redirectUri(), parameters)));
    }

    /** A URI with more parameters; those that it has stay (RFC 6749, 3.1.2). */
    static String with(URI uri, Map<String, String> parameters) {
        String more = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        if (more.isEmpty()) {
            return uri.toString();
        }
        String query = uri.getRawQuery();
        return uri + (query == null ? "?" : query.isEmpty() ? "" : "&") + more;
    }
}
