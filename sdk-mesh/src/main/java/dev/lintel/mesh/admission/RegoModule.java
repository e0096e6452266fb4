package dev.lintel.mesh.admission;

import java.util.List;

/** Guard rails as one module of Rego. */
final class RegoModule {
    private RegoModule() {}

    /**
     * A module that answers {@code violation}, as Gatekeeper asks for it.
     *
     * @param name of its package
     * @param request where the request for admission is
     */
    static String of(String name, String request, List<GuardRail> rails) {
        RegoWriter writer = new RegoWriter();
        StringBuilder violations = new StringBuilder();
        rails.forEach(rail -> rail.rules().forEach(rule -> violations.append(writer.violation(rule))));
        String text = """
                package %s

                request := %s

                now := request.object if {
                	is_object(request.object)
                } else := {}

                before := request.oldObject if {
                	is_object(request.oldObject)
                } else := {}

                """.formatted(name, request) + violations + writer.definitions();
        return text.stripTrailing() + "\n";
    }

    /** What OPA answers an apiserver: the review with the same identifier. */
    static String main(Action action) {
        return """
                package system

                import data.lintel.admission

                main := {
                	"apiVersion": "admission.k8s.io/v1",
                	"kind": "AdmissionReview",
                	"response": response,
                }

                messages := [refusal.msg | some refusal in admission.violation]

                response := {"uid": input.request.uid, "allowed": true} if {
                	count(messages) == 0
                } else := %s
                """.formatted(refusal(action));
    }

    private static String refusal(Action action) {
        return switch (action) {
            case DENY -> """
                {
                	"uid": input.request.uid,
                	"allowed": false,
                	"status": {"code": 403, "message": concat("; ", messages)},
                }""";
            case WARN -> "{\"uid\": input.request.uid, \"allowed\": true, \"warnings\": messages}";
            case AUDIT -> """
                {
                	"uid": input.request.uid,
                	"allowed": true,
                	"auditAnnotations": {"violation": concat("; ", messages)},
                }""";
        };
    }
}
