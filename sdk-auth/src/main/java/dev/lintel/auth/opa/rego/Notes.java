package dev.lintel.auth.opa.rego;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Issuer;
import java.util.ArrayList;
import java.util.List;

/** What a generated policy does not decide, so that nothing is dropped in silence. */
final class Notes {
    private Notes() {}

    static List<String> of(Rego rego) {
        List<String> notes = new ArrayList<>();
        if (rego.decodes()) {
            notes.add("signatures of tokens are not verified here: whoever asks must verify them afterwards");
        }
        for (ApiModel api : rego.model().apis()) {
            api(api, rego, notes);
        }
        if (!rego.model().isolations().isEmpty()) {
            notes.add("boundaries between namespaces govern calls from inside, which this policy does not see");
        }
        if (!rego.model().egress().isEmpty()) {
            notes.add("egress is not decided here: the egress proxy goes on deciding it");
        }
        return List.copyOf(notes);
    }

    private static void api(ApiModel api, Rego rego, List<String> notes) {
        api.guards()
                .forEach(guard -> notes.add(api.id() + ": " + guard.describe() + " (" + guard.kind()
                        + ") is not decided here: the gateway goes on deciding it"));
        if (api.service().split() != null
                || !api.service().traffic().mirrors().isEmpty()
                || !api.service().traffic().choices().isEmpty()) {
            notes.add(api.id() + ": which version gets a call is not decided here");
        }
        if (api.service().traffic().fault() != null) {
            notes.add(api.id() + ": faults made on purpose are not decided here");
        }
        if (api.entry().routes().stream().anyMatch(route -> route.answer() != null)) {
            notes.add(api.id() + ": redirects and direct answers are not given here");
        }
        if (api.entry().authorizer() != null) {
            notes.add(api.id() + ": " + api.entry().authorizer().describe() + " is not asked from here");
        }
        if (!rego.decodes()) {
            for (Issuer issuer : api.entry().access().issuers()) {
                if (!rego.jwks().containsKey(issuer.issuer())) {
                    notes.add(api.id() + ": there are no keys of " + issuer.issuer()
                            + ": its tokens are answered 503 until data." + rego.pack() + ".jwks has them");
                }
            }
        }
    }
}
