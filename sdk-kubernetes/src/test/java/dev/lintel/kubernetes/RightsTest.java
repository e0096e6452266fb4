package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roles from what is read and written. */
class RightsTest {
    private static Manifest object(String apiVersion, String kind, String namespace) {
        return new Manifest(apiVersion, kind, namespace, "orders", Map.of(), Map.of(), Map.of());
    }

    private static Rights rights() {
        Needs needs = new Needs();
        needs.add("", "networking.istio.io", "serviceentries", "", List.of("list"));
        needs.add("", "networking.istio.io", "destinationrules", "", List.of("list"));
        needs.add(object("security.istio.io/v1", "AuthorizationPolicy", "shop"), List.of("patch"));
        needs.add(object("security.istio.io/v1", "AuthorizationPolicy", "shop"), List.of("create", "get"));
        needs.add(object("security.istio.io/v1", "AuthorizationPolicy", "bank"), List.of("patch"));
        needs.add(object("networking.istio.io/v1", "VirtualService", "shop"), List.of("delete"));
        needs.add(object("networking.istio.io/v1", "DestinationRule", "shop"), List.of("delete"));
        needs.add("ci", "", "configmaps", "lintel", List.of("patch", "get"));
        return needs.rights();
    }

    @Test
    void rolesHoldWhatIsDoneAndNothingElse() {
        assertThat(rights().toYaml("lintel", "ci", "pipeline")).isEqualTo("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata:
                  name: lintel
                rules:
                - apiGroups:
                  - networking.istio.io
                  resources:
                  - destinationrules
                  - serviceentries
                  verbs:
                  - list
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata:
                  name: lintel
                roleRef:
                  apiGroup: rbac.authorization.k8s.io
                  kind: ClusterRole
                  name: lintel
                subjects:
                - kind: ServiceAccount
                  name: pipeline
                  namespace: ci
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: lintel
                  namespace: bank
                rules:
                - apiGroups:
                  - security.istio.io
                  resources:
                  - authorizationpolicies
                  verbs:
                  - patch
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  name: lintel
                  namespace: bank
                roleRef:
                  apiGroup: rbac.authorization.k8s.io
                  kind: Role
                  name: lintel
                subjects:
                - kind: ServiceAccount
                  name: pipeline
                  namespace: ci
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: lintel
                  namespace: ci
                rules:
                - apiGroups:
                  - ""
                  resources:
                  - configmaps
                  resourceNames:
                  - lintel
                  verbs:
                  - get
                  - patch
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  name: lintel
                  namespace: ci
                roleRef:
                  apiGroup: rbac.authorization.k8s.io
                  kind: Role
                  name: lintel
                subjects:
                - kind: ServiceAccount
                  name: pipeline
                  namespace: ci
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: lintel
                  namespace: shop
                rules:
                - apiGroups:
                  - networking.istio.io
                  resources:
                  - destinationrules
                  - virtualservices
                  verbs:
                  - delete
                - apiGroups:
                  - security.istio.io
                  resources:
                  - authorizationpolicies
                  verbs:
                  - create
                  - get
                  - patch
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  name: lintel
                  namespace: shop
                roleRef:
                  apiGroup: rbac.authorization.k8s.io
                  kind: Role
                  name: lintel
                subjects:
                - kind: ServiceAccount
                  name: pipeline
                  namespace: ci
                """);
    }

    @Test
    void theNamespaceOfTheJournalComesFirst() {
        assertThat(new Rights(List.of(), List.of("lintel-system")).forWatching().toYaml("lintel", "ci", "pipeline"))
                .isEqualTo("""
                        apiVersion: v1
                        kind: Namespace
                        metadata:
                          name: lintel-system
                        """);
    }

    @Test
    void whoWatchesWatchesWhatIsListed() {
        assertThat(rights().forWatching().rules())
                .extracting(rule -> rule.namespace() + " " + rule.verbs())
                .containsExactly(
                        " [list, watch]",
                        "bank [patch]",
                        "ci [get, patch]",
                        "shop [delete]",
                        "shop [create, get, patch]");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThatThrownBy(() -> rights().toYaml("lintel", "ci", "a\nb")).isInstanceOf(IllegalArgumentException.class);
    }
}
