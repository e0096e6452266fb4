package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is answered in place of the service: a redirect is a filter of the standard, a direct answer an object of Envoy
 * Gateway.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#httpdirectresponsefilter">Envoy Gateway,
 *     HTTPDirectResponseFilter</a>
 */
final class Answers {
    private final ApiModel api;
    private final List<Map<String, Object>> direct = new ArrayList<>();

    Answers(ApiModel api) {
        this.api = api;
    }

    Map<String, Object> filter(Answer answer) {
        if (answer instanceof Answer.Redirect to) {
            return map(
                    "type",
                    "RequestRedirect",
                    "requestRedirect",
                    map(
                            "scheme",
                            to.scheme(),
                            "hostname",
                            to.host(),
                            "path",
                            to.path() == null ? null : map("type", "ReplaceFullPath", "replaceFullPath", to.path()),
                            "port",
                            to.port(),
                            "statusCode",
                            to.status()));
        }
        Answer.Direct said = (Answer.Direct) answer;
        return reference(map(
                "contentType",
                said.contentType().isEmpty() || said.body().isEmpty() ? null : said.contentType(),
                "statusCode",
                said.status(),
                "body",
                said.body().isEmpty() ? null : map("type", "Inline", "inline", said.body())));
    }

    /** An answer without a body. */
    Map<String, Object> status(int status) {
        return reference(map("statusCode", status));
    }

    /** What an object answers, in the words of a VirtualService; an answer that says nothing has an empty body. */
    static Map<String, Object> read(Part spec) {
        Part response = spec.part("directResponse");
        String type = response.text("contentType");
        Integer status = response.number("statusCode");
        Part body = response.part("body");
        body.only("type", "Inline");
        String said = body.text("inline", "");
        body.end();
        response.end();
        spec.end();
        return map(
                "directResponse",
                map("status", status == null ? 200 : status, "body", map("string", said)),
                "headers",
                type == null || said.isEmpty()
                        ? null
                        : map("response", map("set", map("content-type", type.replace("%", "%%")))));
    }

    private Map<String, Object> reference(Map<String, Object> response) {
        if (!direct.contains(response)) {
            direct.add(response);
        }
        String name = name(response);
        return map(
                "type",
                "ExtensionRef",
                "extensionRef",
                map("group", Meta.ENVOY_GROUP, "kind", Meta.ROUTE_FILTER, "name", name));
    }

    /** By what is answered: another answer is another object, and routes of before go on with theirs until they change. */
    private String name(Map<String, Object> response) {
        return Meta.name(api, "answer-" + ObjectNames.hash(response.toString()), 1);
    }

    /** The objects to which filters refer. */
    List<Manifest> manifests() {
        List<Manifest> manifests = new ArrayList<>();
        for (Map<String, Object> response : direct) {
            manifests.add(Meta.object(
                    Meta.ENVOY, Meta.ROUTE_FILTER, api, name(response), Map.of(), map("directResponse", response)));
        }
        return manifests;
    }
}
