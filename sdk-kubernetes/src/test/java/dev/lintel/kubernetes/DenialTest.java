package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who said no, by an apiserver's words. */
class DenialTest {
    private static final Denial RIGHTS = new Denial("the authorizer", true);
    private static final String ROUTE = "virtualservices.networking.istio.io \"orders\" is forbidden: ";

    @Test
    void theAuthorizerIsKnownByTheBeginningOfItsWords() {
        assertThat(Denial.of(
                        403,
                        ROUTE + "User \"ci\" cannot patch resource \"virtualservices\" in API group"
                                + " \"networking.istio.io\" in the namespace \"shop\""))
                .isEqualTo(RIGHTS);
        assertThat(Denial.of(403, "virtualservices.networking.istio.io is forbidden: User \"ci\" cannot list"))
                .isEqualTo(RIGHTS);
        assertThat(Denial.of(403, "forbidden: User \"system:anonymous\" cannot get path \"/apis\""))
                .isEqualTo(RIGHTS);
        assertThat(Denial.of(403, ROUTE)).isEqualTo(RIGHTS);
        assertThat(Denial.of(422, ROUTE + "User \"ci\" cannot do this").ofRights())
                .isFalse();
    }

    @Test
    void whoeverIsAskedAfterItIsNamed() {
        String policy = ROUTE + "ValidatingAdmissionPolicy 'hosts' with binding 'all' denied request: no";
        String webhook = "admission webhook \"a.example\" denied the request: ";

        assertThat(Denial.of(403, policy))
                .isEqualTo(new Denial("the ValidatingAdmissionPolicy 'hosts' (binding 'all')", false));
        assertThat(Denial.of(422, policy.replace(" with binding 'all'", "")))
                .isEqualTo(new Denial("the ValidatingAdmissionPolicy 'hosts'", false));
        assertThat(Denial.of(403, webhook + ROUTE + "User \"ci\" cannot patch"))
                .isEqualTo(new Denial("the webhook 'a.example'", false));
        assertThat(Denial.of(403, webhook + policy)).isEqualTo(new Denial("the webhook 'a.example'", false));
        assertThat(Denial.of(403, policy + " " + webhook).by()).startsWith("the ValidatingAdmissionPolicy");
        assertThat(Denial.of(403, ROUTE + "exceeded quota: routes"))
                .isEqualTo(new Denial("the cluster's admission", false));
        assertThat(Denial.of(400, "no")).isEqualTo(new Denial("the cluster", false));
    }
}
