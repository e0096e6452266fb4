package dev.lintel.embedded.world;

import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an API whose service is elsewhere needs, and which of it is not there. */
final class FarNeeds {
    private FarNeeds() {}

    static List<Problem> missing(ApiModel api, Bindings bindings, SecretReader secrets) {
        Elsewhere said = api.service().traffic().elsewhere();
        if (said == null) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        String service = Needs.service(api);
        if (said.address() == null
                && Needs.leavesTheChoice(api)
                && bindings.version(service, Bindings.UNVERSIONED) == null) {
            problems.add(new Problem(
                    "elsewhere.unbound",
                    api.id(),
                    "the service is elsewhere ("
                            + said.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + "), and neither an address nor a workload says where",
                    "bind what leads there: gateway.workload(\"" + service + "\", uri)",
                    said.origin()));
        }
        secrets(said).forEach((use, ref) -> {
            if (!secrets.knows(ref)) {
                problems.add(new Problem(
                        "secret.missing",
                        api.id(),
                        "the secret " + ref + " is not there, which is to be " + use,
                        "say where secrets are: Gateway.start(s -> s.secrets(Secrets.directory(path)))",
                        said.origin()));
            }
        });
        return problems;
    }

    private static Map<String, SecretRef> secrets(Elsewhere said) {
        Map<String, SecretRef> all = new LinkedHashMap<>();
        if (said.tls() != null) {
            put(all, "what vouches for the far side", said.tls().ca());
            put(all, "the gateway's certificate", said.tls().certificate());
            put(all, "the key of the gateway's certificate", said.tls().key());
        }
        if (said.credential() instanceof Elsewhere.ClientToken token) {
            put(all, "the secret of client '" + token.clientId() + "'", token.secret());
        } else if (said.credential() instanceof Elsewhere.SecretHeader header) {
            put(all, "the value of header '" + header.name() + "'", header.value());
        }
        return all;
    }

    private static void put(Map<String, SecretRef> all, String use, @Nullable SecretRef ref) {
        if (ref != null) {
            all.put(use, ref);
        }
    }
}
