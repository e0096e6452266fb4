package dev.lintel.mesh.istio;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is nearest to that which cannot be read, by the words in which it is told. */
final class ForeignHints {
    private static final Map<String, String> HINTS = hints();

    private ForeignHints() {}

    static String of(String message) {
        return HINTS.entrySet().stream()
                .filter(one -> message.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(
                        "what it means for requests is not known; say it by hand, or keep the object beside the definition");
    }

    private static Map<String, String> hints() {
        Map<String, String> hints = new LinkedHashMap<>();
        hints.put(
                "corsPolicy",
                "let the service answer preflight requests itself, with publicPaths(\"OPTIONS /**\") where tokens are asked for;"
                        + " or keep the object beside the definition");
        hints.put(
                "is no service of the cluster",
                "define it as an API of its own with servedBy(external(...)), and let the route go to that one's host");
        hints.put(
                "forwardOriginalToken is not true",
                "set forwardOriginalToken: true in this rule of the RequestAuthentication, as definitions mean it; or keep"
                        + " the object if the service must not get the token");
        hints.put(
                "takes tokens from elsewhere",
                "say fromHeaders: [{name: Authorization, prefix: \"Bearer \"}], so that tokens are looked for nowhere else");
        hints.put("is not among the objects", "give that object as well");
        hints.put("which is not there", "give that object as well");
        hints.put("not exported to it", "name the namespace in exportTo of the delegate");
        hints.put("also takes paths like", "match whole segments: exact '/foo' and prefix '/foo/'");
        hints.put(
                "cannot be said by whole segments",
                "match whole segments: exact '/foo', prefix '/foo/' or one regex such" + " as '^/foo/[^/]+/?$'");
        hints.put("the narrower of both is taken", "name the node beside what is below it: paths '/a' and '/a/*'");
        hints.put(
                "does otherwise with",
                "let the path with a slash at its end fare as the one without: exact '/a' and '/a/'");
        hints.put("is no whole percent", "let the weights be whole percents that sum to 100");
        hints.put(
                "selects no workload of these objects",
                "write the labels that the Service selects, or give the Service of these workloads");
        hints.put("is none of ALLOW", "write the action as it is meant; a mesh takes no other word");
        hints.put(
                "targetRefs", "ask at the workloads by a selector, or read the objects of that gateway by themselves");
        hints.put("is merged with another", "put the routes into one VirtualService, in the order that is meant");
        hints.put("is another rule for", "put both into one DestinationRule");
        hints.put(
                "is no condition that can be said here",
                "ask for claims of the token, for methods and paths; or keep the" + " policy beside the definition");
        hints.put("ports are not read", "ask for methods and paths; a service of the model has one port");
        hints.put(
                "the route is left out",
                "ask for exact values of headers, parameters and methods; or let the service" + " decide it");
        hints.put(
                "without a look at requests",
                "let the gateway end TLS (mode SIMPLE); what passes through unread is no API,"
                        + " and what leaves is an egress rule");
        hints.put("which carry", "give the Service whose selector names these workloads, or a policy for all of them");
        hints.put(
                "has no route that could be read",
                "mend what the other problems of its routes name, or say it by hand");
        hints.put(
                "at some of its routes alone",
                "change headers at every route, let the service do it, or keep the object beside the definition");
        hints.put(
                "goes to several ports",
                "let the Services of all versions have one port, as a service of the model has");
        hints.put("limits some calls otherwise in time", "let all routes have one timeout");
        hints.put("otherwise than other calls", "let all routes have one policy of retries");
        return hints;
    }
}
