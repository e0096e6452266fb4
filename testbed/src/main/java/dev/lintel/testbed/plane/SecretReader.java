package dev.lintel.testbed.plane;

import dev.lintel.testbed.ApiClient;

/** Lets a gateway have the certificates of its namespace: istiod asks whether it may read secrets before it sends them. */
final class SecretReader {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/";

    private SecretReader() {}

    static void bind(ApiClient api, String namespace, String account) {
        String name = account + "-certificates";
        api.apply(RBAC + namespace + "/roles/" + name, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "%s"},
                 "rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "watch"]}]}
                """.formatted(name));
        api.apply(RBAC + namespace + "/rolebindings/" + name, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "%1$s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "%1$s"},
                 "subjects": [{"kind": "ServiceAccount", "name": "%2$s", "namespace": "%3$s"}]}
                """.formatted(name, account, namespace));
    }
}
